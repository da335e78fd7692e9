// A task: a room with settings to start from, what of them is locked, a goal, and a teacher's words. It is nowhere but in
// its link: `?task=1.<what it is>.<sum>`. Whoever writes links by hand can write anything: each part is checked here.

/** Settings of the Train room that a task can lock. */
export const LOCKS = [
  'hidden',
  'learningRate',
  'epochs',
  'batchSize',
  'optimizer',
  'seed',
  'pixels',
  'trainingImages',
] as const;
export type Lock = (typeof LOCKS)[number];

export type Goal =
  /** So much on the validation images, after no more epochs than `epochs`; null for any. */
  | { kind: 'accuracy'; atLeast: number; epochs: number | null; isFlat: boolean }
  /** A run that diverges, then one that does not, with one setting changed. */
  | { kind: 'mend' }
  /** An image that the network is wrong about, with more than so much on its answer. */
  | { kind: 'sure-and-wrong'; above: number };

export interface Task {
  /** The Train room's settings, as its address has them. */
  query: string;
  locks: readonly Lock[];
  goal: Goal;
  text: string;
}

/** Why a link holds no task. */
export type Refusal =
  'too-long' | 'other-version' | 'damaged' | 'no-task' | 'unknown-lock' | 'unknown-goal' | 'text';

export const MOST_TEXT = 280;
export const MOST_EPOCHS = 1000;
/** Links longer than this are cut short by some programs. */
export const LONG_LINK = 2000;
const MOST_QUERY = 600;
const MOST_CODE = 6000;
const VERSION = '1';

export function write({ query, locks, goal, text }: Task): string {
  const bytes = new TextEncoder().encode(JSON.stringify([query, locks, goal, text]));
  const base = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const body = base.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${VERSION}.${body}.${sumOf(body)}`;
}

export function read(code: string): Task | Refusal {
  if (code.length > MOST_CODE) return 'too-long';
  const [version = '', body = '', sum = '', ...rest] = code.split('.');
  if (/^\d{1,4}$/.test(version) && version !== VERSION) return 'other-version';
  if (version !== VERSION || rest.length > 0 || sumOf(body) !== sum) return 'damaged';
  return taskOf(parsed(body));
}

function parsed(body: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(body.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function taskOf(found: unknown): Task | Refusal {
  if (!Array.isArray(found) || found.length !== 4) return 'no-task';
  const [query, locks, goal, text] = found as unknown[];
  if (typeof query !== 'string' || query.length > MOST_QUERY || !/^[\w.,:=&%-]*$/.test(query))
    return 'no-task';
  if (!Array.isArray(locks)) return 'no-task';
  const known = LOCKS.filter((lock) => locks.includes(lock));
  if (known.length !== locks.length) return 'unknown-lock';
  const checked = goalOf(goal);
  if (!checked) return 'unknown-goal';
  if (typeof text !== 'string' || !isText(text)) return 'text';
  return { query, locks: known, goal: checked, text };
}

function goalOf(found: unknown): Goal | null {
  if (typeof found !== 'object' || found === null) return null;
  const { kind, atLeast, epochs, isFlat, above } = found as Record<string, unknown>;
  if (kind === 'mend') return { kind };
  if (kind === 'sure-and-wrong') return isShare(above) ? { kind, above } : null;
  if (kind !== 'accuracy' || !isShare(atLeast) || typeof isFlat !== 'boolean') return null;
  return isCount(epochs) ? { kind, atLeast, epochs, isFlat } : null;
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value > 0 && value < 1;
const isCount = (value: unknown): value is number | null =>
  value === null || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_EPOCHS);

/** Short, and without what is not seen or turns the words around it. */
export function isText(text: string): boolean {
  return text.length <= MOST_TEXT && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text.replaceAll('\n', ''));
}

/** FNV-1a: tells what was cut or mistyped on its way. It keeps nobody from writing a task. */
function sumOf(text: string): string {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return sum.toString(16).padStart(8, '0');
}
