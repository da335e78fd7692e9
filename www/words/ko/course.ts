import { josa } from '../josa';
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

  replay: '강의 노트 재현',
  replayNote:
    '노트의 두 실험을 여기서 그대로 돌립니다. 일대다 로지스틱 회귀 열 개의 5겹 교차 검증, 그리고 Dense(10) 열 에포크.',
  runReplay: '두 실험 돌리기',
  cancel: '취소',
  notebook1: '로지스틱 회귀, 5겹',
  notebook2: 'Dense(10), 열 에포크',
  fold: (number) => `폴드 ${number}`,
  foldMean: (ours, note, difference) => `다섯 폴드의 평균: ${ours}, 노트는 ${note} (${difference}).`,
  foldExplained: (images, workers, seconds) =>
    `순서까지 사이킷런과 같습니다. 같은 데이터에서 폴드마다 12,000장 가운데 많아야 ${images}장 차이입니다. 워커 ${workers}개, ${seconds}초.`,
  noteLoss: '노트 손실',
  ourLoss: '여기',
  noteAccuracy: '노트 정확도',
  ourAccuracy: '여기',
  seedExplained: (loss, accuracy, validationLoss, validationAccuracy) =>
    `시드를 바꾸면 훈련 손실은 ${loss}, 정확도는 ${accuracy}, 검증은 각각 ${josa(validationLoss, '과/와')} ${validationAccuracy}까지 달라집니다. 여기서 시드 0부터 9까지가 그만큼 벌어집니다. 노트의 뒤쪽 손실에서 그보다 더 벌어진 몫은 시드 때문이 아닙니다. 지금의 케라스도 0.410 부근에서 끝납니다.`,
  noteMean: '노트의 평균',
  misleads: '노트가 오해를 부르는 곳',
  misleading: [
    '둘째 노트북의 “테스트” 숫자는 검증 세트, 곧 훈련 이미지 60,000장 중 12,000장의 것입니다. 테스트 이미지 10,000장은 한 번도 쓰지 않습니다.',
    '최적화 기법을 적지 않았습니다. 그러면 케라스는 단순한 경사 하강법이 아니라 RMSprop을 씁니다. 열 에포크의 손실은 RMSprop으로 얻은 것입니다.',
    '0.8314는 다섯 폴드의 평균이고, 각 폴드는 자기가 채점받을 부분을 빼고 훈련한 것입니다. 그런 정확도의 모델 하나가 있는 것이 아닙니다.',
    '갱신은 기울기의 반대쪽으로 갑니다: w ← w − η ∂L/∂w. 더하기로 쓰면 손실이 커집니다.',
  ],
  foldsPicture: (ours, note) => `한 줄에 놓인 다섯 폴드. 평균 ${ours}, 점선은 노트의 ${note}`,
  lines: '일대다: 열 줄의 결정값',
  linesImage: '검증 이미지',
  linesOf: (fold, image) => `폴드 ${fold}, ${image}번 이미지`,
  linesClass: '클래스',
  linesShare: '몫',
  linesNote:
    '줄마다 “이 클래스인가, 나머지인가?”를 묻습니다. 0보다 크면 그렇다는 뜻이고, 가장 큰 줄이 답입니다. 몫은 그 줄의 시그모이드를 열 개의 합으로 나눈 값입니다.',
};
