// What the room can be set to, to and from the address.
import { exampleOf, type ExampleName } from './examples';

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

/** A part of the address that could not be understood. */
export type Problem = {
  part: 'example' | 'values' | 'precision' | 'image' | 'unit' | 'terms';
  found: string;
};

/** Long texts do not fit in a link that other programs accept. */
export const LONGEST = 8_000;

export function read(values: URLSearchParams): { settings: GraphSettings; problems: Problem[] } {
  const problems: Problem[] = [];
  const wished = values.get('example');
  const text = values.get('expression');
  const isUnit = wished === 'unit' && text === null;
  const known = wished === null ? null : exampleOf(wished);
  if (wished !== null && known === null && wished !== 'unit')
    problems.push({ part: 'example', found: wished });
  const example = known ?? (text === null ? exampleOf('apples')! : null);

  const given = new Map<string, number>();
  for (const pair of (values.get('values') ?? '').split(',').filter((pair) => pair !== '')) {
    const [name = '', number = ''] = pair.split(':', 2);
    const value = Number(number);
    if (name === '' || number.trim() === '' || !Number.isFinite(value))
      problems.push({ part: 'values', found: pair });
    else given.set(name, value);
  }
  // The network computes in 32 bits, so its unit does, too.
  const usual = isUnit ? 'f32' : 'f64';
  const precision = values.get('precision') ?? usual;
  if (precision !== 'f32' && precision !== 'f64') problems.push({ part: 'precision', found: precision });
  const whole = (part: 'image' | 'unit' | 'terms', least: number, most: number): number | null => {
    const found = values.get(part);
    if (found === null) return null;
    const value = Number(found);
    if (/^\d+$/.test(found) && value >= least && value <= most) return value;
    problems.push({ part, found });
    return null;
  };
  if (isUnit) {
    const unit = {
      image: whole('image', 0, 9999) ?? firstUnit.image,
      unit: whole('unit', 0, 9),
      terms: whole('terms', 1, 40) ?? firstUnit.terms,
    };
    const settings = { example: 'unit' as const, text: '', values: given, unit };
    return { settings: { ...settings, precision: precision === 'f64' ? 'f64' : 'f32' }, problems };
  }
  return {
    settings: {
      unit: null,
      example: text === null ? (example?.name ?? null) : null,
      text: text ?? example?.text ?? '',
      values: given,
      precision: precision === 'f32' ? 'f32' : 'f64',
    },
    problems,
  };
}

export function write({
  example,
  text,
  values,
  precision,
  unit,
}: GraphSettings): Record<string, string | null> {
  const pairs = [...values].map(([name, value]) => `${name}:${value}`).join(',');
  return {
    example,
    expression: example === null && text.length <= LONGEST ? text : null,
    values: pairs === '' || pairs.length > LONGEST ? null : pairs,
    precision: precision === (unit ? 'f32' : 'f64') ? null : precision,
    image: unit ? String(unit.image) : null,
    unit: unit?.unit == null ? null : String(unit.unit),
    terms: unit ? String(unit.terms) : null,
  };
}
