// Drawings as a file: JSON that says what it is. What is no such file is told by what is wrong with it first.
import { MOST_LETTERS } from '../data/class-names';

export const FORMAT = 'atelier-drawings';
export const FILE_VERSION = 1;
export const MOST_CLASSES = 10;
export const FEWEST_CLASSES = 2;
/** Five hundred drawings of 784 numbers take two million letters. */
export const MOST_BYTES = 8e6;
export const MOST_DRAWINGS = 500;
const PIXELS = 784;

export interface FileDrawing {
  label: number;
  pixels: Uint8Array<ArrayBuffer>;
}

export interface Found {
  classes: string[];
  drawings: FileDrawing[];
}

/** Why a file is refused; `at` counts from one. */
export type Problem =
  | { kind: 'empty-file' }
  | { kind: 'too-large'; bytes: number }
  | { kind: 'unreadable' }
  | { kind: 'not-json' }
  | { kind: 'other-json' }
  | { kind: 'version'; version: string }
  | { kind: 'too-few-classes'; count: number }
  | { kind: 'too-many-classes'; count: number }
  | { kind: 'no-name'; at: number }
  | { kind: 'empty-name'; at: number }
  | { kind: 'long-name'; at: number }
  | { kind: 'double-name'; name: string }
  | { kind: 'too-many-drawings'; count: number }
  | { kind: 'no-drawing'; at: number }
  | { kind: 'wrong-class'; at: number }
  | { kind: 'no-picture'; at: number }
  | { kind: 'wrong-length'; at: number; length: number }
  | { kind: 'wrong-pixel'; at: number; place: number }
  | { kind: 'blank'; at: number }
  | { kind: 'double-drawing'; at: number; first: number };

/** The values that its sentence has, in this order. */
export function valuesOf(problem: Problem): [string, string] {
  const values = Object.entries(problem).filter(([name]) => name !== 'kind');
  const [first = '', second = ''] = values.map(([, value]) => String(value));
  return [first, second];
}

export function fileOf({ classes, drawings }: Found): string {
  const lines = drawings.map(({ label, pixels }) => JSON.stringify({ class: label, pixels: [...pixels] }));
  const head = JSON.stringify({ format: FORMAT, version: FILE_VERSION, classes }).slice(0, -1);
  return `${head},"drawings":[\n${lines.join(',\n')}\n]}\n`;
}

/** What lies in a file; its bytes are not read where they are too many. */
export async function readFile(file: File): Promise<Found | Problem> {
  if (file.size > MOST_BYTES) return { kind: 'too-large', bytes: file.size };
  if (file.size === 0) return { kind: 'empty-file' };
  try {
    return parsed(await file.text());
  } catch {
    return { kind: 'unreadable' };
  }
}

export function parsed(text: string): Found | Problem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'not-json' };
  }
  const file = recordOf(value);
  if (file?.['format'] !== FORMAT) return { kind: 'other-json' };
  const { version, classes, drawings } = file;
  if (version !== FILE_VERSION) return { kind: 'version', version: shown(version) };
  if (!Array.isArray(classes) || !Array.isArray(drawings)) return { kind: 'other-json' };
  const names = namesIn(classes);
  if ('kind' in names) return names;
  if (drawings.length > MOST_DRAWINGS) return { kind: 'too-many-drawings', count: drawings.length };
  return drawingsIn(drawings, names.names);
}

function namesIn(classes: unknown[]): { names: string[] } | Problem {
  if (classes.length < FEWEST_CLASSES) return { kind: 'too-few-classes', count: classes.length };
  if (classes.length > MOST_CLASSES) return { kind: 'too-many-classes', count: classes.length };
  const names: string[] = [];
  for (const [index, name] of classes.entries()) {
    const at = index + 1;
    if (typeof name !== 'string') return { kind: 'no-name', at };
    const trimmed = name.trim();
    if (trimmed === '') return { kind: 'empty-name', at };
    if ([...trimmed].length > MOST_LETTERS) return { kind: 'long-name', at };
    if (names.includes(trimmed)) return { kind: 'double-name', name: trimmed };
    names.push(trimmed);
  }
  return { names };
}

function drawingsIn(list: unknown[], classes: string[]): Found | Problem {
  const found: FileDrawing[] = [];
  const seen = new Map<string, number>();
  for (const [index, value] of list.entries()) {
    const at = index + 1;
    const drawing = recordOf(value);
    if (!drawing) return { kind: 'no-drawing', at };
    const { class: label, pixels } = drawing;
    if (typeof label !== 'number' || !Number.isInteger(label) || label < 0 || label >= classes.length)
      return { kind: 'wrong-class', at };
    if (!Array.isArray(pixels)) return { kind: 'no-picture', at };
    if (pixels.length !== PIXELS) return { kind: 'wrong-length', at, length: pixels.length };
    const place = pixels.findIndex((pixel) => !Number.isInteger(pixel) || pixel < 0 || pixel > 255);
    if (place >= 0) return { kind: 'wrong-pixel', at, place: place + 1 };
    if (pixels.every((pixel) => pixel === 0)) return { kind: 'blank', at };
    const key = pixels.join();
    const first = seen.get(key);
    if (first !== undefined) return { kind: 'double-drawing', at, first };
    seen.set(key, at);
    found.push({ label, pixels: Uint8Array.from(pixels as number[]) });
  }
  return { classes, drawings: found };
}

function recordOf(value: unknown): Record<string, unknown> | null {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : null;
}

/** What was written for a version, short enough to be shown. */
function shown(version: unknown): string {
  return version === undefined ? '?' : JSON.stringify(version).slice(0, 20);
}
