import type { softmax as english } from '../en/softmax';
import { josa } from '../josa';

export const softmax: typeof english = {
  name: '소프트맥스',
  title: '소프트맥스: 점수가 확률이 됩니다.',
  lede: '정의 그대로 계산하면 수의 범위를 넘어 오버플로가 납니다. 최댓값을 빼면 오버플로만 사라지고 결과는 그대로입니다.',

  tryOverflow: '32비트 넘치게 하기: 로짓 89',
  tryShift: '모든 로짓에 500 더하기',
  tryCold: '온도를 0.2로 식히기',

  logits: '로짓',
  logitsNote: '끌거나 입력하세요. 막대는 32비트로 계산한 확률입니다',
  logit: (place) => `로짓 ${place}`,
  count: '로짓 개수',
  reach: '슬라이더 범위',
  guard: '보호',
  guardOn: '보호를 켰습니다. exp를 계산하기 전에 모든 로짓에서 최댓값 m을 뺍니다.',
  guardOff: '보호를 껐습니다. 로짓 그대로 exp를 계산합니다.',
  formulaNote: (place) => `가장 큰 로짓(k = ${place})의 수를 32비트로 넣은 식입니다.`,

  steps: '한 단계씩',
  stepsNaive: '정의 그대로',
  stepsGuarded: '최댓값을 먼저 뺀 식',
  stepsText: '열마다 그 정밀도의 수로 계산합니다. 테두리가 있는 칸이 처음으로 수가 아니게 된 값입니다.',
  table: '소프트맥스',
  firstBadShort: '처음 잘못된 값',

  curve: 'eˣ 곡선',
  curveNote: '로짓마다 32비트로 계산한 점입니다. 보호는 곡선이 아니라 점을 옮깁니다',
  curvePlot: {
    naive: (logits) => `보호 없이: 로짓 z에서의 eᶻ. ${logits}`,
    guarded: (logits) => `보호하면: 최댓값 m을 뺀 z − m에서의 값. ${logits}`,
  },
  curveText: {
    fits: (largest) => `가장 큰 지수 함숫값은 ${josa(largest, '이고/고')}, 32비트로 나타낼 수 있습니다.`,
    overflows: (count) =>
      `로짓 ${count}개가 88.72를 넘었습니다. 거기서부터 32비트의 eᶻ은 ∞뿐이고, ∞ ÷ ∞는 NaN입니다.`,
    guarded:
      'm을 빼면 가장 큰 로짓이 0에 오고 e⁰ = 1입니다. 나머지는 그보다 작으니 오버플로가 날 수 없고, 서로의 비는 그대로입니다.',
  },

  beside: '정의 그대로와 보호한 식',
  besideNote: '같은 로짓을 두 가지 식, 세 가지 정밀도로',
  ways: { naive: '정의 그대로', guarded: '보호한 식' },
  precision: '정밀도',
  bits: { f16: '16비트', f32: '32비트', f64: '64비트' },
  limit: 'exp가 유한한 끝',
  largestExp: '가장 큰 exp',
  sum: '합',
  largestP: '그 p',
  firstBad: '처음 잘못된 값',
  allFinite: '없음',
  badValue: (stage, place, from, value) =>
    ({
      logit: `${josa(`로짓 ${place}`, '이/가')} 이미 ${value}`,
      exponential: `로짓 ${place}의 exp(${from}) = ${value}`,
      sum: value === '0' ? 'exp가 모두 0이라 합도 0' : `합이 ${value}`,
      probability: `로짓 ${place}의 p = ${value}`,
    })[stage],

  properties: '소프트맥스가 지키는 것',
  shiftTitle: '모든 로짓에 C를 더해도 그대로입니다',
  shift: 'C',
  changeByShift: 'p의 가장 큰 변화',
  shiftText:
    '식에서는 e의 C제곱이 약분됩니다. 실제 수에서는 z + C를 반올림하며 자릿수를 조금 잃고, 16비트에서 가장 많이 잃습니다. 보호하지 않으면 C만으로도 NaN이 됩니다.',
  orderTitle: '합은 1, 순서는 그대로(단조 증가)',
  orderOfLogits: '로짓이 큰 순서',
  orderOfProbabilities: '확률이 큰 순서',
  total: '확률의 합',
  skip: (logit, probability) =>
    probability === logit
      ? `${josa(`로짓 ${logit}`, '이/가')} 가장 크고 그 확률도 가장 큽니다. 답만 알고 싶다면 소프트맥스를 건너뛰어도 됩니다.`
      : `${josa(`로짓 ${logit}`, '이/가')} 가장 큽니다.`,
  temperatureTitle: '온도: 얼마나 자신 있게 답할지',
  temperature: 'T',
  temperaturePlot: '온도에 따른 확률, 가장 큰 로짓의 것이 파란 선',
  temperatureText:
    '0에 가까울수록 가장 큰 로짓이 확률을 더 많이 가져가고, 높을수록 모두 비슷해집니다. 순서는 바뀌지 않습니다.',

  train: '보호를 끄고 훈련하기',
  trainNote: '훈련 방의 소프트맥스 층과 이미지로, 미니배치는 32장씩',
  trainText:
    '두 층이 똑같이 시작해 같은 미니배치를 봅니다. 하나는 보호하고 하나는 하지 않습니다. 학습률이 크면 로짓이 커지고, 88.72를 넘으면 보호하지 않은 exp는 무한대가 됩니다.',
  learningRate: '학습률',
  stop: '멈추기',
  arriving: '이미지를 받는 중입니다.',
  died: (step) => `${step}번째 걸음에서 훈련이 망가졌습니다.`,
  cause: (place, image, name, logit, exponential) =>
    `미니배치의 ${place}번째 이미지(훈련 이미지 ${image}번)에서 “${name}” 로짓이 ${josa(logit, '이/가')} 되었습니다. exp는 ${josa(exponential, '이고/고')}, 합으로 나누면 NaN입니다.`,
  after: (count, all) =>
    `기울기를 타고 NaN이 퍼져 가중치와 편향 ${all}개 중 ${count}개가 NaN이 되었습니다. 다시는 돌아오지 않습니다.`,
  alive: (step, logit) =>
    `${step}걸음까지 무사합니다. 마지막 미니배치에서 가장 큰 로짓은 ${josa(logit, '이고/고')} exp의 끝은 88.72입니다. 학습률을 더 키워 보세요.`,
  infiniteLoss: (step) =>
    `이미 ${step}번째 걸음에서 손실이 무한대였습니다. 확률이 0으로 반올림되었고 −log 0은 ∞입니다. 기울기 p − y는 그것을 견뎠습니다.`,
  trainFigure: '미니배치마다의 손실, 보호한 식과 정의 그대로',
  trainCaption: (rate) => `미니배치마다의 손실, 학습률 ${rate}. 수가 끝나는 곳에서 선도 끝납니다`,
  noRun: '두 손실이 여기에 나란히 그려집니다.',
};
