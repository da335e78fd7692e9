import type { oneStep as english } from '../en/one-step';
import { josa } from '../josa';

export const oneStep: typeof english = {
  name: '한 걸음',
  title: '훈련 한 걸음, 그 안의 모든 숫자.',
  lede: '실제 이미지의 미니배치가 순전파로 신경망을 지나가고, 오차가 역전파로 돌아옵니다. 그 길에 있는 모든 숫자를 짚어 볼 수 있습니다.',
  verdict: (place, truth, answer, right) =>
    right
      ? `이 미니배치의 ${place}번 이미지는 ${josa(`“${truth}”`, '이고/고')}, 신경망도 그렇게 답합니다. 순전파에서 그 까닭을, 역전파에서 아직 더 배울 것을 살펴보세요.`
      : `이 미니배치의 ${place}번 이미지는 “${truth}”인데, 신경망은 ${josa(`“${answer}”`, '이라고/라고')} 답합니다. 순전파에서 그 까닭을, 역전파에서 무엇 때문인지 살펴보세요.`,
  keys: '←와 →로 한 정거장씩 움직이고, 픽셀이나 가중치를 짚으면 그 계산이 나옵니다.',
  waiting: (share) => `이미지를 받고 있습니다(${share}). 다 오면 바로 열립니다.`,
  noRun: '훈련 방에서 신경망을 준비하고 있습니다…',

  network: '신경망',
  sources: {
    train: '훈련 방의 신경망, 지금 그대로',
    home: '첫 화면의 신경망, 그때 그대로',
    softmax: '새 신경망 · 소프트맥스 층',
    relu: '새 신경망 · ReLU 128, Adam',
    sigmoid: '새 신경망 · 시그모이드 50, 100',
    step: '새 신경망 · 계단 함수',
    logistic: '새 신경망 · 로지스틱 회귀, 일대다',
    bytes: '새 신경망 · 0…255 바이트 그대로의 소프트맥스 층',
  },
  where: (step, epoch, batch, batches) => `${step}번째 걸음 · 에포크 ${epoch}, 배치 ${batch}/${batches}`,
  running: '훈련 방에서 훈련이 진행 중입니다. 이것은 조금 전의 신경망입니다.',
  refresh: '지금 상태로',
  miniBatch: '미니배치',
  batchSays: (right, all, loss, isPenalized) =>
    `${all}장 중 ${right}장 정답 · 평균 손실${isPenalized ? ' + λΣw²' : ''} ${loss}`,
  image: (place, name, answer, loss) => `${place}번 이미지: ${name}, 예측 ${answer}, 손실 ${loss}`,

  stations: '정거장',
  stationNames: {
    pick: '고르기',
    weigh: '가중합',
    softmax: '소프트맥스',
    sigmoid: '시그모이드',
    identity: '출력',
    loss: '손실',
    blame: '오차 δ',
    gradient: '기울기',
    update: '갱신',
    check: '확인',
  },
  layer: (layer) => `${layer}번 층`,
  backward: '역방향',
  next: '다음',
  back: '뒤로',
  playThrough: '이어서 보기',
  stop: '멈춤',

  view: '보여 주는 것',
  views: { table: '표', picture: '그림' },
  picture: {
    title: '신경망, 순전파와 역전파',
    reading: (hidden, answer, truth, delta) =>
      `이미지, 은닉층 ${hidden}개, 출력층. 신경망의 답은 ${answer}, 정답은 ${truth}, 정답의 오차 δ는 ${delta}.`,
    ring: '확률적 경사 하강법의 네 단계',
    batch: '미니배치',
    batchIs: (isPenalized) => `평균 손실${isPenalized ? ' + λΣw²' : ''}`,
    gradient: '기울기',
    gradientIs: (count) => `${count}개 가운데 가장 큰 값`,
    update: '갱신',
    updateIs: '걸음의 길이',
    again: '반복',
    againIs: (isPenalized) => `갱신 뒤 평균 손실${isPenalized ? ' + λΣw²' : ''}`,
    unit: '유닛',
    units: (drawn, all) =>
      drawn === all ? `유닛 ${all}개 모두` : `유닛 ${all}개 가운데 오차가 큰 ${drawn}개`,
    unitPad: (layer) => `${layer}번 층의 유닛: ↑와 ↓로 하나를 엽니다`,
    truth: '정답',
    says: '답',
    forward: '순전파 w·a',
    back: '역전파 w·δ',
    below: '0보다 작음',
    leftOut: (share) =>
      `여기서 색은 방향입니다. 선은 값이 클수록 굵고, 두 층 사이에서 가장 굵은 선의 ${share}에 못 미치면 그리지 않습니다.`,
    rows: '이미지에서 나오는 선 하나는 픽셀 한 행을 더한 값입니다.',
  },
  table: '순전파와 역전파',
  class: '클래스',
  names: {
    weights: '가중치',
    products: '곱',
    logit: '로짓',
    shifted: '최댓값을 뺌',
    exp: '지수',
    probability: '확률',
    target: '정답',
    loss: '손실',
    delta: '오차 δ',
    gradient: '기울기',
    mean: '배치 평균',
    step: '걸음',
    analytic: '해석적',
    numeric: '수치적',
  },
  ways: { forward: '순전파 →', back: '← 역전파', onward: '걸음과 확인' },
  sheet: (quantity, name) => `${name}의 ${quantity}`,
  scales: '가장 진한 색이 그 열에서 가장 큰 값이고, 파랑은 양수, 주황은 음수입니다.',

  imageTitle: 'x',
  pixels: '28 × 28 픽셀',
  pixelPad: '이미지의 픽셀: 화살표 키로 하나를 고릅니다',
  pixel: '픽셀',
  pixelAt: (row, column, unit) => `${row}행 ${column}열 → ${unit}`,
  unitAt: (below, unit) => `유닛 ${below} → ${unit}`,
  biasOf: (unit) => `${unit}의 편향`,
  unit: (unit) => `유닛 ${unit}`,
  theBias: '편향 보기',
  previousInput: '이전 입력',
  nextInput: '다음 입력',
  weightPad: (unit) => `${unit}의 가중치: 화살표 키로 하나를 고릅니다`,
  outputLayer: '출력층',
  passedBack: (above, unit) =>
    `${above}에서 ${josa(unit, '으로/로')} 돌아오는 것: 위층으로 가는 가중치마다 위층의 오차 δ를 곱해 모두 더합니다.`,
  relativeError: (error) => `상대 오차 ${error}`,
  lines: {
    state: '상태',
    gradientBatch: '∂L/∂w, 배치 평균',
    numeric: '(L(w+h) − L(w−h)) / 2h',
    update: '갱신된 w',
  },
  setWeight: '복사본의 가중치',
  set: '바꾸기',
  putBack: '되돌리기',
  edited: (count) => `${count}개를 손으로 바꾸었습니다. 복사본에서만이며, 모든 정거장에 그 결과가 보입니다.`,

  explain: {
    pick: '미니배치의 이미지 한 장, 곧 신경망이 받는 숫자 784개입니다. 아직 아무 일도 일어나지 않았습니다.',
    hidden: (layer, units) =>
      `${layer}번 층: 유닛 ${units}개가 저마다 입력에 가중치를 곱해 모두 더하고 편향을 더한 뒤(z), a = f(z)를 다음 층에 넘깁니다. 유닛을 열면 가중치가 보입니다.`,
    weigh:
      '클래스마다 가중치가 따로 있습니다. 입력에 가중치를 곱해 모두 더하고 편향을 더하면 로짓, 곧 그 클래스의 점수가 됩니다.',
    softmax:
      '지수 함수가 넘치지 않도록 가장 큰 로짓을 먼저 뺍니다. 그다음 exp, 합, 나눗셈입니다. 출력은 모두 양수이고 합이 1입니다.',
    sigmoid: '클래스마다 따로 답합니다. “이 클래스인가, 나머지인가?” 답의 합이 1일 필요는 없습니다.',
    identity: '로짓이 그대로 출력입니다.',
    loss: '답이 얼마나 틀렸는지를 수 하나로 나타냅니다. 정답에 준 확률만 봅니다: −log p.',
    lossBinary: '출력마다 손실이 따로 있고, 이미지의 손실은 그 평균입니다.',
    lossSquare: '정답과의 차이를 제곱한 평균입니다.',
    blame:
      '로짓으로 돌아와, 로짓이 조금 커지면 손실이 얼마나 변하는지 봅니다. 틀린 클래스의 출력이 너무 크면 양수이니 내려야 하고, 정답의 출력이 너무 작으면 음수이니 올려야 합니다.',
    gradient:
      '가중치로 돌아옵니다. 가중치의 기울기는 유닛의 오차 δ에 그 가중치를 지나온 값 x를 곱한 x · δ입니다. 지나온 값이 0이면 기울기도 0입니다. 걸음은 미니배치의 평균을 따릅니다.',
    hiddenBack: (layer) =>
      `${layer}번 층으로 돌아갑니다. 오차 δ가 같은 가중치(Wᵀ)를 거슬러 내려오고, 유닛마다 국소적 미분 f′⁠(z)를 곱해 넘깁니다.`,
    update: '최적화 기법이 평균 기울기를 걸음으로 바꾸고, 가중치는 그만큼 움직입니다.',
    check:
      '기울기가 맞는지 확인합니다. 가중치 하나를 h만큼 올리고 내려 신경망 전체를 64비트 실수로 다시 계산한 뒤 기울기를 비교합니다.',
  },
  stepUnits:
    '계단 함수는 평평해서 기울기가 0입니다. 오차 δ가 그 아래로 내려가지 못하니 아래층은 배우지 못합니다.',

  check: '기울기 확인',
  checkIdle: '마지막 정거장에서 모든 층의 기울기를 중심 차분과 비교합니다.',
  checkBusy: '비교하는 중…',
  checkGood: (compared, worst) =>
    `✓ 가중치와 편향 ${compared}개가 중심 차분과 일치합니다. 가장 큰 상대 오차는 ${worst}입니다.`,
  checkBad: (differ, compared, worst) =>
    `✗ 가중치와 편향 ${compared}개 중 ${differ}개가 중심 차분과 다릅니다. 가장 큰 상대 오차는 ${worst}입니다.`,
  checkUndecided: (count) =>
    ` ${count}개는 반올림과 구별할 수 없을 만큼 작거나, 두 값 사이에 꺾이는 점이 있습니다.`,
  ruleGood: '✓ 걸음은 이 기울기에 규칙을 적용한 그대로입니다.',
  ruleBad: (times) => `✗ 걸음이 규칙과 다릅니다. 규칙의 가장 긴 걸음의 ${times}만큼 벗어났습니다.`,
  signBad: '✗ 걸음이 오르막으로 갑니다. 기울기대로라면 손실이 더 커집니다.',
  verdicts: {
    agrees: '✓ 일치',
    'too-small-to-tell': '· 너무 작아 판정 불가',
    corner: '· 사이에 꺾이는 점',
    differs: '✗ 다름',
  },

  after: '갱신한 뒤',
  afterNote: '같은 이미지, 같은 배치를 새 가중치로 다시 봅니다.',
  before: '전',
  afterwards: '후',
  change: '변화',
  imageLoss: '이 이미지의 손실',
  batchLoss: (isPenalized) => `배치의 손실${isPenalized ? ' + λΣw²' : ''}`,
  probabilityOf: (name) => `${name}의 확률`,
  foretold: (value) => `기울기만 보고 예상한 배치 손실의 변화: ${value}.`,

  bench: '버그 실험대',
  benchNote:
    '복사본에 실수를 심고 어디에서 드러나는지 봅니다. 신경망 자체에는 들어가지 않으며, 해시가 그대로입니다.',
  noBug: '실수 없음',
  bugs: {
    'keep-gradients': {
      name: '기울기를 0으로 지우지 않기',
      rule: '기울기는 버퍼에 더해집니다. 걸음마다 먼저 비우지 않으면 지난 이미지의 기울기까지 따라갑니다.',
    },
    'drop-maximum': {
      name: '최댓값을 빼지 않기',
      rule: '32비트 실수에서 exp는 88.7부터 넘치고 ∞/∞는 숫자가 아닙니다. 가장 큰 로짓을 빼도 확률은 그대로이고, 지수는 모두 0 이하가 됩니다.',
    },
    'forget-target': {
      name: 'p − y 대신 p',
      rule: 'y가 없으면 아무도 정답을 알려 주지 않습니다. 정답의 로짓까지 모두 내려갑니다.',
    },
    'forget-mean': {
      name: '배치 평균을 잊기',
      rule: '합을 쓰면 기울기가 배치만큼 커집니다. 256장이면 32장일 때의 여덟 배쯤 되고 SGD의 걸음도 그만큼 길어집니다. Adam과 RMSprop은 기울기의 크기로 나누므로 이 실수가 가려집니다.',
    },
    'multiply-correction': {
      name: 'Adam의 편향 보정을 곱하기',
      rule: 'Adam의 평균은 0에서 시작해 처음에 너무 작으므로 1 − βᵗ로 나누어 바로잡습니다. 곱하면 더 나빠집니다. 기울기는 맞고 걸음이 틀려서 기울기 확인으로는 보이지 않습니다.',
    },
    'wrong-sign': {
      name: '부호를 반대로 갱신하기',
      rule: '기울기는 오르막을 가리키므로 그 반대로 가야 합니다. 기울기 확인은 초록이지만, 걸음 뒤의 손실이 알려 줍니다.',
    },
    'reshape-transpose': {
      name: '전치를 혼동하기',
      rule: '(in, out)을 (out, in)으로 모양만 바꾸면 크기는 맞지만 순서가 틀립니다. 오류 없이 다른 가중치의 숫자가 됩니다.',
    },
  },
  noPlace: '이 신경망에는 해당하는 자리가 없습니다.',
  planted: (name) => `복사본에 심은 실수: ${name}.`,
  unplant: '빼내기',
  noLeftover: '첫 걸음이라 아직 남은 기울기가 없습니다. 한 걸음(+1 배치) 더 간 뒤 다시 보세요.',
  noOverflow: (largest) =>
    `여기서는 드러나지 않습니다. 가장 큰 로짓이 ${josa(largest, '으로/로')} 88.7보다 작습니다. 0…255 바이트 신경망으로 해 보세요.`,
  safe: (hash) => `원래 신경망의 가중치: ${hash}, 그대로`,

  ladder: '걸음의 사다리: 앞으로, 뒤로',
  nextUnit: '다음 유닛',
  nextImage: '다음 이미지',
  plusBatch: '+1 배치',
  plusEpoch: '+1 에포크',
  backOneStep: '한 걸음 뒤로',
  moved: (before, after) => `가중치 ${before} → ${after}`,
  exact: (before, after) =>
    `${before}에서 ${josa(after, '으로/로')} 돌아왔습니다. 같은 걸음을 다시 내디디면 ${josa(before, '이/가')} 됩니다. 비트까지 똑같이 되돌렸습니다.`,
  inexact: (before, again) =>
    `같은 걸음을 다시 내디디니 ${josa(before, '이/가')} 아니라 ${josa(again, '이/가')} 됩니다.`,

  export: '이 걸음의 숫자 저장',
  exportNote: '입력, 레이블, 가중치, 최적화 상태를 JSON으로 저장해 직접 계산해 볼 수 있습니다.',

  strips: {
    preActivations: 'z',
    activations: 'a = f(z)',
    derivatives: 'f′(z)',
    dActivations: 'Wᵀδ',
    deltas: 'δ',
  },
  hiddenTitle: (layer, units, activation) => `${layer}번 층 · 유닛 ${units}개 · ${activation}`,
  unitPad: (layer) => `${layer}번 층의 유닛: 화살표 키로 하나를 고릅니다`,

  tasks: {
    train: '먼저 한 에포크 훈련하기',
    worst: '신경망이 가장 크게 틀린 이미지 찾기',
    plant: '배치 평균을 잊고, 확인이 찾아내게 하기',
    overflow: '최댓값을 빼지 않아 소프트맥스 망가뜨리기',
  },
};
