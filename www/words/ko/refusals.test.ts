import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { refusal } from './refusals';

it('says in Korean what the engine says in English', () => {
  expect(refusal('batchSize is 4096, but must be 1 to 2048')).toBe(
    '배치 크기 값 4096은 쓸 수 없습니다. 허용 범위: 1부터 2048까지',
  );
  expect(refusal('trainingImages is 30000, but must be at least 10 and at most the number of images')).toBe(
    '훈련 이미지 값 30000은 쓸 수 없습니다. 허용 범위: 10 이상, 이미지 수 이하',
  );
  expect(refusal('this saved run was made with another data set; start a new one')).toContain(
    '다른 데이터셋',
  );
  expect(
    refusal(
      'this saved run is of another version, which drew other numbers from the same seed; start a new one',
    ),
  ).toContain('다른 버전');
  expect(refusal('this saved run is cut short; start a new one')).toContain('손상');
  expect(refusal('the model file has no W1: fetch it again')).toContain('모델 파일');
  expect(refusal('the model of class 3 overflowed in epoch 2: scale the pixels to 0…1')).toContain(
    '클래스 3',
  );
});

it('leaves a sentence of no known form alone', () => {
  expect(refusal('something else')).toBe('something else');
});

// The settings' own checks: a range that is changed or added there must not turn English here.
it.each(['train/settings', 'nn/architecture', 'nn/optimizer', 'nn/initializer', 'nn/loss'])(
  'knows every range of %s',
  (file) => {
    const source = readFileSync(`src/${file}.rs`, 'utf8').split('#[cfg(test)]')[0] ?? '';
    const code = source.replaceAll(/\/\/.*$/gm, '');
    const ranges = [...code.matchAll(/"([^"]*)"/g)]
      .map(([, text = '']) => text)
      .filter((text) => /^(\S+ to \S+|(above|at least|at most|softmax for|sigmoid for) .+)$/.test(text));
    expect(ranges.length).toBeGreaterThan(0);
    for (const range of ranges) {
      const [, korean] = refusal(`seed is 1, but must be ${range}`).split('허용 범위: ');
      expect(korean, range).not.toMatch(/[a-z]{2}/);
    }
  },
);
