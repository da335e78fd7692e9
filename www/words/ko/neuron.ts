import type { neuron as english } from '../en/neuron';
import { josa } from '../josa';

export const neuron: typeof english = {
  name: '뉴런',
  title: '뉴런 하나: 계단에서 기울기로.',
  lede: '가중치, 편향, 활성화 함수. 계단 함수(퍼셉트론)가 잃는 것과 시그모이드가 지키는 것을 봅니다.',

  trySteep: '가중치를 20으로: 시그모이드가 거의 계단이 됩니다',
  tryFlat: '멀리 나가 보기: 시그모이드도 거의 움직이지 않는 곳',
  tryXor: '뉴런 하나로 XOR 도전',

  figure: '활성화 함수',
  figureNote: '그림 위를 끌면 입력이 움직입니다',
  plotText: '입력에 따른 뉴런의 출력, 고른 활성화 함수마다 선 하나',
  slopePlotText: '입력에 따른 출력의 기울기, 고른 활성화 함수마다 선 하나',
  weight: '가중치',
  bias: '편향',
  input: '입력',
  activationsLegend: '보여 줄 활성화 함수',
  activations: {
    step: '계단 함수',
    sigmoid: '시그모이드',
    tanh: 'tanh',
    relu: 'ReLU',
    identity: '항등 함수',
  },
  withSlopes: '아래에 기울기도 보기',
  readings: '읽은 값',
  nudge: (by) => `w + ${by}일 때 y`,
  nothing: '그대로',
  noneChosen: '위에서 활성화 함수를 고르세요.',
  story: (step, sigmoid, slope, stepIsStill, nudged) =>
    `계단 함수의 답은 ${step}입니다. 어느 쪽인지만 알려 주고 얼마나 먼지는 알려 주지 않습니다. 기울기가 0이라 ${
      stepIsStill ? '가중치를 조금 늘려도 그대로이고' : '문턱을 넘을 때만 바뀌고'
    }, 가중치가 어디로 가야 할지 알 수 없습니다. 시그모이드의 답은 ${sigmoid}, 기울기는 ${josa(slope, '이고/고')}, 가중치를 조금 늘리면 ${josa(nudged, '이/가')} 됩니다. 그래서 배울 수 있습니다.`,
  steepest:
    '시그모이드는 z = 0인 곳에서 가장 가파르고, |w|가 클수록 더 가파릅니다. 그럴수록 그곳에서 뛰어오르는 계단 함수에 가까워집니다.',

  gateTitle: '입력 두 개로 만드는 게이트',
  gateNote: '진리표를 채우는 가중치를 찾아보세요',
  gate: '게이트',
  unit: '뉴런',
  layers: '층',
  numLayers: { '1': '뉴런 하나', '2': '두 층' },
  twoLayersNote: '은닉 뉴런 h₁, h₂가 입력을 보고, y는 h₁과 h₂를 봅니다.',
  gateDone: (gate) => `네 가지 모두 맞습니다. 이것이 ${gate} 게이트입니다.`,
  gateRight: (right) => `4개 중 ${right}개 맞음. 뉴런은 합 z가 0보다 클 때 1이라고 답합니다.`,
  solveXor: '두 층으로 풀기',
  planeText: '두 입력의 평면, 답이 바뀌는 직선, 네 꼭짓점',
  planeCaption:
    '파랑은 답이 1, 주황은 0인 곳입니다. 직선은 z = 0이며 뉴런 하나에는 직선도 하나뿐입니다. 원 안의 수는 원하는 답이고, 답이 틀린 곳에는 ✕가 있습니다.',
  planeCaptionTwo:
    '파랑은 답이 1, 주황은 0인 곳입니다. 은닉 뉴런마다 직선이 하나씩 있습니다(h₁ 실선, h₂ 점선).',
  truthTable: '진리표',
  wanted: '원하는 답',
  right: '맞음',
  wrong: '틀림',
  hiddenPlaneText: '은닉 출력 두 개의 평면과, 은닉층이 옮겨 놓은 네 꼭짓점',
  hiddenPlaneCaption: (parted) =>
    parted
      ? '마지막 뉴런이 보는 것: 은닉층이 꼭짓점을 옮겨 이제 직선 하나로 나누어집니다.'
      : '마지막 뉴런이 보는 것: 은닉층이 꼭짓점을 옮겼지만 직선 하나로 아직 나누지 못했습니다.',
  proofTitle: (gate) => `${gate} 게이트가 z에 바라는 것`,
  proof: (mixed, equal) =>
    `둘째 식과 셋째 식을 더하면 w₁ + w₂ + 2b > 0, 첫째 식과 넷째 식을 더하면 w₁ + w₂ + 2b ≤ 0입니다. 지금 수로는 두 합이 ${
      mixed === equal ? `모두 ${mixed}` : `${josa(mixed, '과/와')} ${equal}`
    }입니다. 한 수가 0보다 크면서 0 이하일 수는 없으니 어떤 가중치로도 되지 않습니다. 층을 하나 더 놓으면 됩니다.`,

  collapseTitle: '비선형 함수가 없으면 두 층은 한 층과 같습니다',
  collapseNote: '어느 수든 바꿔 보세요',
  between: '두 층 사이의 활성화 함수',
  twoWay: '한 층씩',
  oneWay: '가중치를 곱한 한 층으로',
  hiddenName: (plain) => (plain ? 'h' : 'f(h)'),
  entry: (name, row, column) => `${name}, ${row}행 ${column}열`,
  sameOutput: 'y가 같습니다. 중간에 휘지 않았으니 둘째 층이 더한 것이 없습니다.',
  otherOutput: (name) =>
    `사이에 ${josa(name, '이/가')} 있으면 가중치를 곱한 한 층은 다른 y를 냅니다. 이제 둘째 층이 쓸모 있습니다.`,
};
