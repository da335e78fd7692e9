import { expect, it } from 'vitest';
import { refusal as english } from './en/refusals';
import { everyFailure, rules, setting } from './every-failure';
import { refusal as korean } from './ko/refusals';

it('says in both languages which setting, its value and what is allowed', () => {
  const refused = setting('batchSize', 4096, { kind: 'range', min: 1, max: 2048 });
  expect(english(refused)).toBe('The batch size is 4,096, but must be from 1 to 2,048.');
  expect(korean(refused)).toBe('배치 크기는 지금 4,096인데, 1 이상 2,048 이하여야 합니다.');
  const tiny = setting('epsilon', 0, { kind: 'range', min: 1e-12, max: 1 });
  expect(english(tiny)).toBe('ε is 0, but must be from 1×10⁻¹² to 1.');
  expect(korean(tiny)).toBe('ε은 지금 0인데, 1×10⁻¹² 이상 1 이하여야 합니다.');
  const none = setting('weight', -Infinity, rules.finite);
  expect(english(none)).toBe('The weight is −∞, but must be a finite number.');
});

it.each(everyFailure)('has whole sentences for %s', (_, record) => {
  for (const sentence of [english(record), korean(record)]) {
    expect(sentence).toMatch(/^\S.+\.$/s);
    expect(sentence).not.toMatch(/undefined|null|\[object|NaN인 수|\.\.|{/);
  }
  // What the record does not bring itself is Korean.
  expect(korean(record).replaceAll(/“[^”]*”|\([^)]*\)|safetensors|x\.gz|F16|F32/g, '')).not.toMatch(
    /[a-z]{3}/,
  );
});
