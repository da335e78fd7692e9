import { expect, it } from 'vitest';
import type { Failure } from '../engine/failure-record';
import type { LoadProblem } from '../engine/loading/failure';
import { everyFailure } from './every-failure';
import { ko } from './ko';
import { lastSound } from './last-sound';

// What sentences are called with: words that end in each of the three sounds that particles tell apart.
const MARKS = { vowel: '누누', rieul: '눌눌', consonant: '눈눈' };
/** Choices that some sentences take beside texts. */
const CHOICES = [true, false, null, 0, 1, 3, '0', '1', 'logit', 'exponential', 'sum', 'probability'];

const afterConsonant =
  /^(은|이|을|과|으로|으로는|이라고|이라는|이라서|이며|이고|이나|이었습니다|이어서)(?![가-힣])/;
const afterVowel = /^(는|가|를|와|라고|라는|라서|며|고|나|였습니다|여서)(?![가-힣])/;
const ro = /^로(는|도)?(?![가-힣])/;
const euro = /^으로(는|도)?(?![가-힣])/;

type Sentence = (...parts: unknown[]) => unknown;

/** Every text and every sentence, by its path. */
function* sentences(part: unknown, path: string): Generator<[string, string | Sentence]> {
  if (typeof part === 'string' || typeof part === 'function') yield [path, part as string | Sentence];
  else if (part !== null && typeof part === 'object')
    for (const [name, inner] of Object.entries(part)) yield* sentences(inner, `${path}.${name}`);
}

const all = [...sentences(ko, 'ko')];
/** Sentences of records, not of texts. */
const ofRecords = ['ko.loading.failed', 'ko.refusal'];

/** What a sentence says of the mark: with it everywhere, and with each place in turn taken by a choice or another word. */
function* sayings(sentence: Sentence, mark: string): Generator<string> {
  const everywhere = Array.from({ length: sentence.length }, () => mark);
  yield String(sentence(...everywhere));
  for (const place of everywhere.keys())
    for (const other of [...CHOICES, '—']) yield String(sentence(...everywhere.with(place, other as string)));
}

const kinds: Record<LoadProblem['kind'], true> = {
  missing: true,
  refused: true,
  'connection-lost': true,
  changed: true,
  'truncated-gzip': true,
  'damaged-gzip': true,
  'after-gzip': true,
  unreadable: true,
  'no-idx': true,
  'idx-of': true,
  'idx-reversed': true,
  'unclear-pairs': true,
  unpaired: true,
  'web-page': true,
  'still-compressed': true,
  'wrong-magic': true,
  'wrong-dimensions': true,
  'wrong-size': true,
  empty: true,
  'too-many': true,
  'header-cut': true,
  'too-short': true,
  'too-long': true,
  'wrong-label': true,
  'one-class': true,
  'counts-differ': true,
};

/** What is said of each problem while loading, each of its numbers being the mark. */
function* loadingSayings(mark: string): Generator<string> {
  for (const kind of Object.keys(kinds)) {
    const problem = new Proxy(
      {},
      { get: (_, name) => (name === 'kind' ? kind : name === 'sizes' ? [mark] : mark) },
    );
    yield ko.loading.failed(mark, problem as LoadProblem);
  }
}

/** What is said of each refusal, whatever it names or counts being the mark. */
function* refusalSayings(mark: string): Generator<string> {
  const free = ['file', 'found', 'word', 'tensor', 'precision', 'value'];
  const marked = (record: unknown) =>
    JSON.parse(
      JSON.stringify(record, (key, value: unknown) =>
        typeof value === 'number' || free.includes(key) ? mark : value,
      ),
    ) as Failure;
  for (const [, record] of everyFailure) yield ko.refusal(marked(record));
}

/** Everything that a text or a sentence says, of a word that ends in a vowel. */
function* spoken(path: string, sentence: string | Sentence): Generator<string> {
  if (path === 'ko.loading.failed') yield* loadingSayings(MARKS.vowel);
  else if (path === 'ko.refusal') yield* refusalSayings(MARKS.vowel);
  else if (typeof sentence === 'string') yield sentence;
  else yield* sayings(sentence, MARKS.vowel);
}

function isWrong(rest: string, sound: keyof typeof MARKS): boolean {
  if (ro.test(rest)) return sound === 'consonant';
  if (euro.test(rest)) return sound !== 'consonant';
  return sound === 'vowel' ? afterConsonant.test(rest) : afterVowel.test(rest);
}

it.each(Object.entries(MARKS) as [keyof typeof MARKS, string][])(
  'gives a word that ends in a %s its own particles everywhere',
  (sound, mark) => {
    const wrong: string[] = [];
    // A remark in brackets stands between the word and its particle.
    const look = (path: string, said: string) => {
      for (const [, rest = ''] of said.matchAll(
        new RegExp(`${mark}(?:\\([^()]*\\))?[”’"'\u2060]*([가-힣]+)`, 'gu'),
      ))
        if (isWrong(rest, sound)) wrong.push(`${path}: ${said}`);
    };
    for (const [path, sentence] of all) {
      if (typeof sentence === 'string' || ofRecords.includes(path)) continue;
      for (const said of sayings(sentence, mark)) look(path, said);
    }
    for (const said of loadingSayings(mark)) look('ko.loading.failed', said);
    for (const said of refusalSayings(mark)) look('ko.refusal', said);
    expect([...new Set(wrong)]).toEqual([]);
  },
);

it('gives signs and foreign words that stand in a sentence their particles', () => {
  const wrong: string[] = [];
  for (const [path, sentence] of all) {
    for (const said of spoken(path, sentence))
      for (const [, word = '', rest = ''] of said.matchAll(/(\S*[A-Za-z0-9₀-₉²³%′∞])([가-힣]+)/gu))
        if (isWrong(rest, lastSound(word))) wrong.push(`${path}: ${word}${rest}`);
  }
  expect([...new Set(wrong)]).toEqual([]);
});

it('calls one thing by one word, the course’s', () => {
  // 테스트, 기울기 (경사 in 경사 하강법 alone), 초기 가중치, 걸음, 오차, 비교하다, 스케일링.
  const other = /시험|그래디언트|경사(?! 하강법)|처음 가중치|스텝|책임|견주|스케일(?!링)/;
  for (const [path, sentence] of all) {
    for (const said of spoken(path, sentence)) expect(said, path).not.toMatch(other);
  }
});

it('never leaves the choice of a particle to the reader', () => {
  const doubled = /은\(는\)|이\(가\)|을\(를\)|과\(와\)|와\(과\)|\(으\)로|\(이\)라|은\/는|을\/를|으로\/로/;
  for (const [path, sentence] of all) {
    for (const said of spoken(path, sentence)) expect(said, path).not.toMatch(doubled);
  }
});

it('looks at every sentence', () => {
  expect(all.length).toBeGreaterThan(500);
  expect(all.filter(([, sentence]) => typeof sentence === 'function').length).toBeGreaterThan(100);
});
