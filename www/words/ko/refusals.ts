// What the engine refuses, from its records: every variant has its words, or this does not compile.
import type {
  ArrayName,
  ModelProblem,
  NetworkProblem,
  Rule,
  SavedRunProblem,
  SettingName,
} from '../../engine/pkg/atelier';
import type { refusal as english } from '../en/refusals';
import { exact } from '../../parts/write-number';
import { graph } from './graph';
import { loading } from './loading';
import { train } from './train';

/** With the particle that the name itself takes. */
const topics: Record<SettingName, string> = {
  hidden: '은닉층 수는',
  units: '층의 유닛 수는',
  inputs: '입력 수는',
  outputs: '클래스 수는',
  deviation: '표준편차 σ는',
  learningRate: '학습률은',
  batchSize: '배치 크기는',
  epochs: '에포크 수는',
  seed: '시드는',
  trainingImages: '훈련 이미지 수는',
  validationFraction: '검증 비율은',
  l2: 'L2는',
  patience: '조기 종료까지 기다리는 에포크 수는',
  momentum: '모멘텀 μ는',
  rho: 'ρ는',
  beta1: 'β₁은',
  beta2: 'β₂는',
  epsilon: 'ε은',
  initialAccumulator: 's의 처음 값은',
  weightDecay: '가중치 감쇠 λ는',
  alpha: 'α는',
  maxIter: '최대 에포크 수는',
  tol: '허용 오차는',
  nIterNoChange: '나아지지 않아도 되는 에포크 수는',
  numClasses: '클래스 수는',
  numFeatures: '특징 수는',
  numSamples: '샘플 수는',
  numFolds: '폴드 수는',
  fold: '폴드 번호는',
  images: '이미지 수는',
  classNames: '클래스 이름 수는',
  fileKind: '파일 종류는',
  index: '이미지 번호는',
  pixel: '픽셀 번호는',
  bins: '구간 수는',
  low: '아래 끝은',
  high: '위 끝은',
  weight: '가중치는',
  bias: '편향은',
  input: '입력은',
  nudge: '살짝 움직인 값은',
  numPoints: '점의 수는',
  side: '그림 한 변은',
  logits: '로짓 수는',
  logit: '로짓은',
  temperature: '온도는',
  probability: '확률은',
  truth: '정답 y는',
  points: '점의 수는',
  start: '출발점은',
  steps: '걸음 수는',
  losses: '손실은',
  numBatches: '미니배치 수는',
  strokePoints: '획은',
  penWidth: '펜 굵기는',
  drawings: '그림 수는',
  otherImages: '다른 이미지 수는',
  class: '클래스 번호는',
  label: '레이블은',
  unit: '유닛 번호는',
  layer: '층 번호는',
  weights: '가중치는',
  image: '미니배치 안의 이미지 번호는',
  bug: '버그는',
  quantity: '물어본 값은',
  state: '최적화 기법의 상태는',
  step: '걸음 번호는',
};

const arrays: Record<ArrayName, string> = {
  image: '이미지',
  pixels: '픽셀 목록',
  classNames: '클래스 이름 목록',
  strokePoints: '획의 점 목록',
  drawings: '그림 목록',
  values: '값의 표',
  samples: '샘플 목록',
  features: '특징 목록',
  inputs: '입력 목록',
  weights: '가중치 목록',
  weightsRow: '가중치 한 행',
  secondLayerRows: '둘째 층',
  hiddenLayer: '은닉층',
  layers: '층 목록',
  layerWeights: '층의 가중치',
  layerBias: '층의 편향',
  optimizerState: '최적화 기법의 상태',
  modelInput: '모델의 입력',
  setClasses: '데이터셋의 클래스 목록',
  evaluationClasses: '평가의 클래스 목록',
};

const savedRun: Record<SavedRunProblem, string> = {
  'no-run': '보관한 실행이 아닙니다.',
  'other-version': '보관한 실행은 다른 버전의 것이라 같은 시드에서 다른 수가 나옵니다. 새로 시작하세요.',
  'cut-short': '보관한 실행이 중간에 끊겨 있습니다.',
  damaged: '보관한 실행이 손상되었거나 중간에 끊겨 있습니다.',
  'other-contents': '보관한 실행은 다른 버전의 것입니다.',
  'other-floats': '보관한 실행은 정밀도가 다른 수로 되어 있습니다.',
  'other-images': '보관한 실행은 다른 데이터셋으로 훈련한 것입니다.',
  'future-snapshot': '보관한 실행에 아직 오지 않은 걸음이 들어 있습니다.',
  'parts-do-not-fit': '보관한 실행은 앞뒤가 맞지 않습니다.',
  'rates-do-not-fit': '보관한 실행의 학습률이 걸음과 맞지 않습니다.',
  'not-finite': '보관한 실행에 유한하지 않은 수가 있습니다.',
  'unknown-initializer': '보관한 실행의 초기 가중치 방식은 여기서 알지 못하는 것입니다.',
  'unknown-optimizer': '보관한 실행의 최적화 기법은 여기서 알지 못하는 것입니다.',
};

const show = (value: number | string) => (typeof value === 'number' ? exact(value, 'ko') : `“${value}”`);

function must(rule: Rule): string {
  switch (rule.kind) {
    case 'range':
      return `${show(rule.min)} 이상 ${show(rule.max)} 이하여야 합니다`;
    case 'above-up-to':
      return `${show(rule.above)}보다 크고 ${show(rule.max)} 이하여야 합니다`;
    case 'from-below':
      return `${show(rule.min)} 이상 ${show(rule.below)} 미만이어야 합니다`;
    case 'between':
      return `${show(rule.above)}보다 크고 ${show(rule.below)}보다 작아야 합니다`;
    case 'at-least':
      return `${show(rule.min)} 이상이어야 합니다`;
    case 'at-most':
      return `${show(rule.max)} 이하여야 합니다`;
    case 'above':
      return `${show(rule.above)}보다 커야 합니다`;
    case 'below':
      return `${show(rule.below)}보다 작아야 합니다`;
    case 'place':
      return rule.count === 0 ? '목록이 비어 있습니다' : `0부터 ${show(rule.count - 1)}까지여야 합니다`;
    case 'finite':
      return '유한한 수여야 합니다';
    case 'all-finite':
      return `모두 유한한 수여야 합니다(${show(rule.index)}번이 그렇지 않습니다)`;
    case 'zero-or-one':
      return '0이나 1이어야 합니다';
    case 'known':
      return '정해진 것 가운데 하나여야 합니다';
    case 'has-a-place':
      return '이 신경망에 들어갈 자리가 있어야 합니다';
    case 'images-of-set':
      return `${show(rule.min)} 이상이면서 있는 이미지 수(${show(rule.images)}) 이하여야 합니다`;
    case 'image-in-each-part':
      return '나눈 두 부분에 이미지가 하나씩은 남아야 합니다';
    case 'folds-of-class':
      return `2 이상이면서 가장 큰 클래스의 이미지 수(${show(rule.images)}) 이하여야 합니다`;
    case 'epochs-begun':
      return `이미 시작한 에포크 수(${show(rule.epochs)}) 이상이어야 합니다`;
    case 'not-overflowed':
      return '유한한 수여야 합니다. 신경망이 오버플로했으니 학습률을 낮추어 다시 훈련하세요';
    case 'two-places':
      return '서로 다른 x 자리가 둘 이상이어야 합니다';
    case 'fits-pad':
      return `점 ${show(rule.max)}개 이하여야 합니다. 그림판을 지우세요`;
    case 'images-then-labels':
      return '이미지가 먼저, 레이블이 다음이어야 합니다';
  }
}

function modelProblem(problem: ModelProblem): string {
  switch (problem.kind) {
    case 'no-safetensors':
      return `온전한 safetensors 파일이 아닙니다(${problem.reason})`;
    case 'no-layers':
      return '어떤 층이 있는지 적혀 있지 않습니다';
    case 'too-many-layers':
      return `층이 ${show(problem.count)}개인데, ${show(problem.max)}개까지만 읽습니다`;
    case 'unknown-output':
      return `알지 못하는 출력입니다(“${problem.word}”)`;
    case 'unknown-activation':
      return `알지 못하는 활성화 함수입니다(“${problem.word}”)`;
    case 'missing-tensor':
      return `빠진 것이 있습니다(${problem.tensor})`;
    case 'wrong-dimensions':
      return `${show(problem.layer)}번 층의 가중치가 ${show(problem.dimensions)}차원입니다`;
    case 'layer-does-not-fit':
      return `${show(problem.layer)}번 층이 이웃한 층과 맞지 않습니다`;
    case 'impossible':
      return `있을 수 없는 층이 있습니다(${refusal(problem.reason).replace(/\.$/, '')})`;
    case 'wrong-scaling':
      return `픽셀 ${show(problem.pixels)}개를 스케일링하지만 신경망의 입력은 ${show(problem.inputs)}개입니다`;
    case 'wrong-precision':
      return `F16이나 F32가 아닌 수가 있습니다(${problem.tensor}: ${problem.precision})`;
    case 'not-finite':
      return `유한하지 않은 수가 있습니다(${problem.tensor})`;
  }
}

function networkProblem(problem: NetworkProblem): string {
  switch (problem.kind) {
    case 'empty':
      return '비어 있습니다';
    case 'too-large':
      return `너무 큽니다. ${show(problem.max / 2 ** 20)} MB까지 읽습니다`;
    case 'archive':
      return '압축 파일입니다(Keras나 PyTorch가 저장한 파일일 수 있습니다). 거기서 가중치를 safetensors로 저장하세요';
    case 'contents':
      return modelProblem(problem.problem);
    case 'breaks-off':
      return `온전한 ONNX 파일이 아닙니다. ${show(problem.offset)}번째 바이트에서 끊깁니다`;
    case 'no-graph':
      return 'ONNX 파일인데 그래프가 없습니다';
    case 'other-operation':
      return problem.operation === ''
        ? '층이 있어야 할 곳에서 끝납니다'
        : `층이 있어야 할 곳에 다른 연산이 있습니다(“${problem.operation}”). ONNX는 여기서 만든 파일만 읽습니다`;
    case 'other-numbers':
      return `모양과 수의 개수가 맞지 않습니다(${problem.tensor})`;
    case 'other-inputs':
      return `입력이 ${show(problem.inputs)}개인데, 이미지의 픽셀은 ${show(problem.expected)}개입니다`;
    case 'other-classes':
      return `클래스가 ${show(problem.classes)}개인데, 데이터셋에는 ${show(problem.expected)}개 있습니다`;
  }
}

export const refusal: typeof english = (record) => {
  switch (record.kind) {
    case 'setting':
      return `${topics[record.name]} 지금 ${show(record.value)}인데, ${must(record.rule)}.`;
    case 'output-of-loss':
      return train.noPair(train.losses[record.loss], train.activations[record.output]);
    case 'no-softmax':
      return `이 신경망의 출력: ${train.activations[record.output]}. 이 그래프는 소프트맥스와 그 손실을 펼쳐 씁니다.`;
    case 'leaf':
      return `${record.name} = ${show(record.value)}: 유한한 수여야 합니다.`;
    case 'shape':
      return `${arrays[record.array]}: 값이 ${show(record.expected)}개 필요한데 ${show(record.actual)}개입니다.`;
    case 'file':
      return loading.failed(record.file, record.problem);
    case 'model':
      return `모델 파일에 문제가 있습니다: ${modelProblem(record.problem)}. 다시 내려받으세요.`;
    case 'network':
      return `이 파일은 쓸 수 없습니다: ${networkProblem(record.problem)}.`;
    case 'logistic-overflow':
      return `클래스 ${show(record.class)}의 모델이 에포크 ${show(record.epoch)}에서 오버플로했습니다. 픽셀을 0…1, 또는 평균 0, 표준편차 1로 맞추세요.`;
    case 'expression': {
      const { kind, start, found, limit } = record.fault;
      return `${graph.atCharacter(show(start + 1))} ${graph.faults[kind](found, show(limit ?? 0))}`;
    }
    case 'saved-run':
      return savedRun[record.problem];
  }
};
