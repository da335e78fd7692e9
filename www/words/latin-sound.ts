// How Latin letters and English words end when they are read in Korean.
import type { Sound } from './last-sound';

/** Letters by their names: 엘, 엠, 엔, 알; all others end in a vowel. */
const LETTERS: Record<string, Sound> = { l: 'rieul', m: 'consonant', n: 'consonant', r: 'rieul' };

/** Words whose reading the rules below would miss. */
const WORDS: Record<string, Sound> = {
  nan: 'consonant',
  input: 'consonant',
  output: 'consonant',
  put: 'consonant',
  cat: 'consonant',
  robot: 'consonant',
  format: 'consonant',
  exp: 'vowel', // 이엑스피
  check: 'vowel', // 체크
  boot: 'vowel',
};

/** The sound of the last letter or word of a text that ends in neither Hangul nor a digit. */
export function lastSoundOfLatin(text: string): Sound {
  // The last part of apple_price and of 784-512.
  const found = /[A-Za-z]+$/.exec(text.normalize('NFD').replaceAll(/\p{M}/gu, ''))?.[0];
  if (found === undefined) return 'vowel';
  const word = found.toLowerCase();
  const known = WORDS[word];
  if (known) return known;
  return isSpelled(found) ? (LETTERS[word.at(-1)!] ?? 'vowel') : lastSoundOfWord(word);
}

/** Read letter by letter: x, ln, SGD, MNIST; also the capital that AdamW ends in. */
function isSpelled(word: string): boolean {
  return (
    word.length === 1 || !/[aeiouy]/i.test(word) || word === word.toUpperCase() || /[a-z][A-Z]$/.test(word)
  );
}

/** By the sounds that Korean keeps as a final consonant: model 모델, column 칼럼, step 스텝, logic 로직. */
function lastSoundOfWord(word: string): Sound {
  if (/(l|le)$/.test(word)) return 'rieul';
  if (/(m|n|ng|[aeiou]me|[aeiou]ne)$/.test(word)) return 'consonant';
  // Behind a short vowel only: 스텝 and 웹, but 루프 and 헬프.
  if (/(^|[^aeiou])[aeiou][pb]$/.test(word)) return 'consonant';
  if (/(ck|c|ook)$/.test(word)) return 'consonant';
  return 'vowel';
}
