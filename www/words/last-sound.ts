// How a text ends when it is read aloud in Korean: what decides the form of a particle.
import { lastSoundOfLatin } from './latin-sound';

/** ㄹ stands apart because 로 follows it as it follows a vowel. */
export type Sound = 'vowel' | 'rieul' | 'consonant';

/** Not spoken at the end: quotes, stops, arrows, what joins words without a sign. */
const SILENT = /[\s\u200b-\u200d\u2060\ufe0f"'“”‘’«»「」『』〈〉《》.,:;!?…·→←✓✗]+$/u;

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const DIGITS: Sound[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
];
/** The fourth powers of ten: 만 억 조 경 해 자 양 구 간 정 재 극 */
const MYRIADS = '만억조경해자양구간정재극';

/** Signs that are words: 퍼센트, 무한대, 도, 제곱 and the others. */
const SIGNS: Record<string, Sound> = {
  '%': 'vowel',
  '∞': 'vowel',
  '°': 'vowel',
  '′': 'consonant', // 프라임
  ᵀ: 'vowel', // 전치
  ⁿ: 'consonant', // 엔 제곱
  ε: 'consonant', // 엡실론
  υ: 'consonant', // 입실론
  ο: 'consonant', // 오미크론
  '#': 'consonant', // 샵
  '=': 'rieul', // 이퀄
};

/** The sound of the last spoken syllable. What nothing is known of counts as a vowel. */
export function lastSound(text: string): Sound {
  const spoken = spokenPart(text.normalize('NFC'));
  const last = [...spoken].at(-1);
  if (last === undefined) return 'vowel';
  // Before NFKC, which would make digits of powers: x² is 엑스 제곱.
  if (/[⁰¹²³⁴-⁹]/.test(last)) return 'consonant';
  const sign = SIGNS[last];
  if (sign) return sign;
  const plain = spoken.normalize('NFKC');
  const number = /[\d,]*\d$/.exec(plain)?.[0];
  if (number !== undefined) return lastSoundOfNumber(number.replaceAll(',', ''), /\d\.\d+$/.test(plain));
  const unit = /\d\s*([A-Za-z]{1,3}(?:\/[A-Za-z]{1,2})?)$/.exec(plain)?.[1];
  if (unit !== undefined && unit in UNITS) return UNITS[unit]!;
  return lastSoundOfHangul(last) ?? lastSoundOfLatin(plain);
}

/** Units behind a number, where they are not read letter by letter: 초, 밀리초, 메가바이트, 픽셀, 메가파섹. */
const UNITS: Record<string, Sound> = {
  s: 'vowel',
  ms: 'vowel',
  'km/s': 'vowel',
  m: 'vowel',
  B: 'vowel',
  kB: 'vowel',
  MB: 'vowel',
  GB: 'vowel',
  px: 'rieul',
  Mpc: 'consonant',
};

/** What is read of the end: without quotes, and without a remark in brackets. */
function spokenPart(text: string): string {
  let rest = text;
  for (;;) {
    const trimmed = rest.replace(SILENT, '');
    // Signs alone are called by their names; nearly all of those end in a vowel.
    if (trimmed === '') return rest.replace(/[\s\u200b-\u200d\u2060"“”‘’]+$/u, '');
    const bracket = /^(.*?)[([{（]([^()[\]{}（）]*)[)\]}）]$/su.exec(trimmed);
    if (!bracket) return trimmed.replace(/[)\]}）]+$/u, '') || trimmed;
    const [, before = '', inside = ''] = bracket;
    // f(x), p(y = 1) and brackets that stand alone are read; 레이블 9(앵클부츠) is explained.
    const isRead =
      before.trim() === '' ||
      (/[\p{Script=Latin}\p{Script=Greek}]$/u.test(before) && !/\p{Script=Hangul}/u.test(inside));
    rest = isRead ? inside : before;
  }
}

/** A whole number by its last digit that is not 0, or by the unit that the zeros make; decimals digit by digit. */
function lastSoundOfNumber(digits: string, isDecimal: boolean): Sound {
  const zeros = /0*$/.exec(digits)![0].length;
  if (isDecimal || zeros === 0 || zeros === digits.length) return DIGITS[Number(digits.at(-1))]!;
  // 십, 백, 천
  if (zeros < 4) return 'consonant';
  return lastSoundOfHangul(MYRIADS[Math.floor(zeros / 4) - 1] ?? '극')!;
}

function lastSoundOfHangul(letter: string): Sound | null {
  const code = letter.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28;
    return final === 0 ? 'vowel' : final === 8 ? 'rieul' : 'consonant';
  }
  // Letters alone: ㄱ is 기역, ㅏ is 아.
  if (code >= 0x3131 && code <= 0x314e) return letter === 'ㄹ' ? 'rieul' : 'consonant';
  return null;
}
