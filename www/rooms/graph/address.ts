// What the room can be set to, to and from the address.
import { AddressReader, unlessUsual } from '../../parts/address-values';
import { readNumber } from '../../parts/read-number';
import { exampleOf, type Example, type ExampleName } from './examples';

export type Precision = 'f32' | 'f64';

export interface GraphSettings {
  example: ExampleName | null;
  /** The learner's text. */
  text: string;
  /** Of names that the text leaves free: where they differ from the example, or from 1. */
  values: Map<string, number>;
  precision: Precision;
  /** Which unit for which image, in the example `unit`. */
  unit: UnitSettings | null;
}

export interface UnitSettings {
  /** Of the test images. */
  image: number;
  /** Null is the unit of the image's own class. */
  unit: number | null;
  /** How many inputs have nodes of their own. */
  terms: number;
}

export const firstUnit: UnitSettings = { image: 0, unit: null, terms: 8 };

/** Long texts do not fit in a link that other programs accept. */
export const LONGEST = 8_000;

const PRECISIONS = ['f64', 'f32'] as const;
const FIRST = exampleOf('apples')!;

export function read(values: URLSearchParams): { settings: GraphSettings; bad: string[] } {
  const from = new AddressReader(values);
  const text = values.get('expression');
  const wished = from.read<Example | 'unit'>('example', FIRST, (name) =>
    name === 'unit' ? name : exampleOf(name),
  );
  const given = valuesIn(values.get('values') ?? '', from.bad);
  const isUnit = wished === 'unit' && text === null;
  // The network computes in 32 bits, so its unit does, too.
  const precision = from.choice('precision', isUnit ? 'f32' : 'f64', PRECISIONS);
  if (isUnit) {
    const unit = {
      image: from.whole('image', firstUnit.image, 0, 9999),
      unit: from.whole('unit', null, 0, 9),
      terms: from.whole('terms', firstUnit.terms, 1, 40),
    };
    return { settings: { example: 'unit', text: '', values: given, precision, unit }, bad: from.bad };
  }
  const example = wished === 'unit' ? FIRST : wished;
  const settings = {
    unit: null,
    example: text === null ? example.name : null,
    text: text ?? example.text,
    values: given,
    precision,
  };
  return { settings, bad: from.bad };
}

/** Names with numbers, `x:1.5,y:-2`. */
function valuesIn(text: string, bad: string[]): Map<string, number> {
  const given = new Map<string, number>();
  for (const pair of text.split(',').filter((pair) => pair !== '')) {
    const [, name, written = ''] = /^([^:]+):(.*)$/.exec(pair) ?? [];
    const reading = readNumber(written);
    if (name !== undefined && reading.kind === 'number') given.set(name, reading.value);
    else bad.push(`values=${pair}`);
  }
  return given;
}

export function write(settings: GraphSettings): Record<string, string | null> {
  const { example, text, values, precision, unit } = settings;
  const pairs = [...values].map(([name, value]) => `${name}:${value}`).join(',');
  // Without its text a link has no names to give values to.
  const isTooLong = example === null && text.length > LONGEST;
  return {
    example: example === null ? null : unlessUsual(example, FIRST.name),
    expression: example === null && !isTooLong ? text : null,
    values: pairs === '' || pairs.length > LONGEST || isTooLong ? null : pairs,
    precision: precision === (unit ? 'f32' : 'f64') ? null : precision,
    image: unit ? String(unit.image) : null,
    unit: unit?.unit == null ? null : String(unit.unit),
    terms: unit ? String(unit.terms) : null,
  };
}
