// What the engine refuses, said in Korean. It says so itself in English, always in one of these forms.
import { josa } from '../josa';
import { train } from './train';

const names: Partial<Record<string, string>> = {
  ...train.settingNames,
  units: '유닛 수',
  momentum: '모멘텀',
};

/** Ranges in the engine's words. A visitor can meet these; what only a programmer can stays as it is. */
const ranges: Partial<Record<string, string>> = {
  'above 0 and at most 100': '0보다 크고 100 이하',
  'above 0 and at most 10': '0보다 크고 10 이하',
  'at most 6 layers': '층 6개 이하',
  'at least 1': '1 이상',
  'at least 2 classes': '클래스 2개 이상',
  'at least 0 and below 1': '0 이상 1 미만',
  'at least 10 and at most the number of images': '10 이상, 이미지 수 이하',
  'at least the number of epochs begun already': '이미 시작한 에포크 수 이상',
  'large enough to leave an image in each part': '두 부분에 이미지가 하나씩은 남을 만큼',
  '1 to 1000 epochs, or none': '1부터 1000까지의 에포크, 또는 없음',
  'softmax for categorical cross-entropy': '범주형 교차 엔트로피에는 소프트맥스',
  'sigmoid for binary cross-entropy': '이진 교차 엔트로피에는 시그모이드',
  'softmax, whose loss this graph writes out': '소프트맥스(이 그래프는 그 손실을 펼쳐 씁니다)',
  'finite; train again with a smaller learning rate': '유한한 수(학습률을 낮추어 다시 훈련하세요)',
  'finite: the network has overflowed': '유한한 수(신경망이 오버플로했습니다)',
  'at most 1,000,000: clear the pad': '1,000,000 이하(그림판을 지우세요)',
};

function range(allowed: string): string {
  const [, low, high] = /^(\S+) to (\S+)$/.exec(allowed) ?? [];
  if (low !== undefined && high !== undefined) return `${low}부터 ${high}까지`;
  return ranges[allowed] ?? allowed;
}

const forms: [RegExp, (...parts: string[]) => string][] = [
  [
    /^(\w+) is (.+), but must be (.+)$/,
    (name = '', value = '', allowed = '') =>
      `${names[name] ?? name} 값 ${josa(value, '은/는')} 쓸 수 없습니다. 허용 범위: ${range(allowed)}`,
  ],
  [
    /^(.+) has (\d+) values, but (\d+) are needed$/,
    (what = '', actual = '', expected = '') => `값이 ${expected}개 필요한데 ${actual}개입니다(${what})`,
  ],
  [
    /^the model of class (\d+) overflowed in epoch (\d+):/,
    (index = '', epoch = '') =>
      `클래스 ${index}의 모델이 에포크 ${epoch}에서 오버플로했습니다. 픽셀을 0…1 또는 평균 0, 표준편차 1로 맞추세요`,
  ],
  [
    /^this saved run was made with another data set; start a new one$/,
    () => '보관한 실행은 다른 데이터셋의 것입니다. 새로 시작하세요',
  ],
  [
    /^this saved run is of another version, which drew other numbers from the same seed; start a new one$/,
    () => '보관한 실행은 다른 버전의 것이라 같은 시드에서 다른 수가 나옵니다. 새로 시작하세요',
  ],
  [/^this saved run (.+); start a new one$/, () => '보관한 실행이 손상되었습니다. 새로 시작하세요'],
  [/^the model file (.+): fetch it again$/, () => '모델 파일이 손상되었습니다. 다시 내려받으세요'],
];

/** The engine's sentence in Korean; as it is where it has none of these forms. */
export function refusal(sentence: string): string {
  for (const [form, say] of forms) {
    const parts = form.exec(sentence);
    if (parts) return say(...parts.slice(1));
  }
  return sentence;
}
