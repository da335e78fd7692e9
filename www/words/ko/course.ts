import type { course as english } from '../en/course';

export const course: typeof english = {
  name: '수업',
  title: '계단 함수에서 훈련된 신경망까지, 하루 수업.',
  lede: '실제로 움직이는 방 옆에서 진행하는 짧은 수업입니다. 질문하고, 예상하고, 해 보고, 직접 계산합니다. 수업에 나오는 값은 모두 여기서 계산한 것이고, 언제든 멈췄다가 이어서 할 수 있습니다.',
  beginWith: '여기서 시작하세요',
  goOnWith: '하던 곳',
  begin: '수업 시작',
  goOn: '이어서 하기',
  minutes: (count) => `${count}분`,
  walked: (step, steps) => `${steps}단계 중 ${step}단계`,
  done: '마침',
  allWalked: '하루 수업을 모두 마쳤습니다.',
  allWalkedText:
    '방은 모두 열려 있습니다. 수업에서 건드리지 않은 것을 바꾸어 보고 어떻게 되는지 확인해 보세요.',
};
