import type { home as english } from '../en/home';
import { josa } from '../josa';

export const home: typeof english = {
  name: '첫 화면',
  title: '신경망이 옷을 구별하는 법을 배웁니다',
  lede: '첫 사진을 불러오고 있습니다.',

  progress: '진행 상황',
  sentence: (epoch, seen, images, right, asked) => [
    epoch === null ? `사진 ${images}장 중 ` : `에포크 ${epoch}: ${images}장 중 `,
    [seen, '장을'],
    ` 보았고, ${asked}장 중 `,
    [right, '장을'],
    ' 맞힙니다.',
  ],
  about: (parameters) => `수 ${parameters}개로 된 신경망이 옷을 구별하는 법을 배웁니다.`,
  corrects: (batch, step) => `사진 ${batch}장을 볼 때마다 스스로를 고치며, 지금까지 ${step}번 고쳤습니다.`,
  atStart: (parameters) =>
    `신경망의 수 ${parameters}개는 아직 모두 잡음입니다. 맞히는 것이 있다면 우연입니다.`,
  waits: (step) => `${step}번 고치고 나서 다음 사진이 도착하기를 기다립니다.`,
  rests: (epochs) => `모든 사진을 ${epochs}번씩 보고 쉬는 중입니다. 재생을 누르면 열 번 더 봅니다.`,
  restsForGood: (epochs) => `모든 사진을 ${epochs}번씩 보고 쉬는 중입니다.`,
  play: '재생',
  pause: '일시정지',

  looksFor: '무엇을 찾는가',
  speaksFor: '파랑은 찬성',
  speaksAgainst: '주황은 반대',
  maps: '클래스마다 찾는 것',

  says: '무엇이라고 하는가',
  rightOf: (right, shown) => `처음 ${shown}장 중 ${right}장 정답`,
  lately: (steps) => `굵은 테두리: 최근 ${steps}번 고치는 사이에 바뀐 답`,
  predictions: '예측',
  right: '정답',
  wrong: (truth) => `오답, 정답은 ${truth}`,
  changed: '방금 바뀜',
  notAsked: '아직 한 번도 고치지 않음',

  howWrong: '얼마나 틀리는가',
  curve: '손실의 평균과 10–90%',
  ofBatches: (batches) => `배치 ${batches}개씩`,
  appears: (name) => `그 아래로 ${josa(name, '이/가')} 나타납니다`,
  curveName: (loss) => `사진을 볼수록 손실이 줄어듭니다. 지금 평균은 ${loss}입니다`,
  portrait: (name, seen) => `${name}: 사진 ${seen}장을 본 뒤의 가중치`,

  oneStep: '한 걸음 들여다보기',
  mistake: (truth, said, share) =>
    `이 ${josa(truth, '을/를')} ${josa(said, '이라고/라고')} ${share} 확신합니다. 왜일까요?`,
  nextStep: '다음 한 걸음의 모든 수를 봅니다.',
  draw: '직접 그려 보기',
  course: '수업',
  courseText: '계단 함수에서 훈련된 신경망까지, 짧은 수업으로 하루.',
  drawText: '숫자를 쓰면 신경망이 무엇을 받고 어떻게 읽는지 보입니다.',
  waysOn: '다음으로',

  foot: '실제 사진을 이 탭 안에서 배웁니다. 아무것도 밖으로 보내지 않습니다. 여기 있는 모든 수는 열어서 확인할 수 있습니다.',
  how: '확인하기',
};
