// What the Data room can be set to, to and from the address: `#/data?set=mnist&show=class-3&image=12&…`.
import { AddressReader, unlessUsual } from '../../parts/address-values';
import type { DataSetName, Part } from '../../engine/api/data';
import type { Scaling } from '../../engine/pkg/atelier';

export const SCALINGS = ['none', 'min-max', 'standardized'] as const satisfies readonly Scaling[];
const SETS = ['fashion-mnist', 'mnist', 'own'] as const satisfies readonly DataSetName[];
/** More than any set has: how many images there are is known once they are there. */
const MOST_IMAGES = 999_999;

export type ShowName = 'first' | 'random' | `class-${number}`;

export interface Settings {
  /** Null leaves the present one. */
  set: DataSetName | null;
  part: Part;
  show: ShowName;
  seed: number;
  page: number;
  image: number;
  row: number;
  column: number;
  scaling: Scaling;
}

export const usual: Settings = {
  set: null,
  part: 'train',
  show: 'first',
  seed: 42,
  page: 0,
  image: 0,
  row: 14,
  column: 14,
  scaling: 'min-max',
};

export function read(values: URLSearchParams): { settings: Settings; bad: string[] } {
  const from = new AddressReader(values);
  const settings: Settings = {
    set: from.read<DataSetName | null>('set', null, (name) => SETS.find((set) => set === name) ?? null),
    part: from.choice('part', usual.part, ['train', 'test']),
    show: from.read('show', usual.show, showOf),
    seed: from.whole('seed', usual.seed, 0, 2 ** 32 - 1),
    page: from.whole('page', usual.page, 0, MOST_IMAGES),
    image: from.whole('image', usual.image, 0, MOST_IMAGES),
    row: from.whole('row', usual.row, 0, 27),
    column: from.whole('column', usual.column, 0, 27),
    scaling: from.choice('scaling', usual.scaling, SCALINGS),
  };
  return { settings, bad: from.bad };
}

const showOf = (text: string): ShowName | null =>
  text === 'first' || text === 'random' || /^class-\d$/.test(text) ? (text as ShowName) : null;

export function write(settings: Settings): Record<string, string | null> {
  const { set, ...rest } = settings;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return {
    set: unlessUsual(set ?? SETS[0], SETS[0]),
    ...Object.fromEntries(keys.map((key) => [key, unlessUsual(String(rest[key]), String(usual[key]))])),
  };
}

/** The data set is every room's. */
export const shared = ['set'];
