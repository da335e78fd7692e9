// What the Data room shows, kept in the address: `#/data?set=mnist&show=class-3&image=12&…`.
import type { Scaling } from '../../engine/pkg/atelier';
import type { Show } from '../../engine/api/data-room';
import type { Part } from '../../engine/api/data';
import { dataSets } from '../../engine/data-sets.svelte';
import { address } from '../../parts/address.svelte';

export const SCALINGS = ['none', 'min-max', 'standardized'] as const satisfies readonly Scaling[];
/** Images on one page. */
export const PAGE = 30;

/** A whole number of the address within a range, or null. */
export function whole(text: string | null, min: number, max: number): number | null {
  if (text === null || !/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}

export type ShowName = 'first' | 'random' | `class-${number}`;

const isClass = (name: string) =>
  /^class-\d$/.test(name) && Number(name.slice('class-'.length)) < dataSets.classes.length;

class Place {
  part = $derived<Part>(address.values.get('part') === 'test' ? 'test' : 'train');
  showName = $derived.by((): ShowName => {
    const wish = address.values.get('show') ?? '';
    return wish === 'random' || isClass(wish) ? (wish as ShowName) : 'first';
  });
  show = $derived.by((): Show => {
    const name = this.showName;
    return name === 'first' || name === 'random' ? name : { class: Number(name.slice('class-'.length)) };
  });
  seed = $derived(whole(address.values.get('seed'), 0, 2 ** 32 - 1) ?? 42);
  /** The last image there is; while images arrive, nobody knows. */
  private last = $derived.by(() => {
    const { state, trainImages, testImages } = dataSets.current;
    if (state !== 'ready') return 999_999;
    return Math.max(0, (this.part === 'train' ? trainImages : testImages) - 1);
  });
  /** How many images are shown by pages; null until it is known that they are not all of the part. */
  shown = $state<number | null>(null);
  private lastPage = $derived(Math.floor(Math.max(0, (this.shown ?? this.last + 1) - 1) / PAGE));
  page = $derived(whole(address.values.get('page'), 0, this.lastPage) ?? 0);
  image = $derived(whole(address.values.get('image'), 0, this.last) ?? 0);
  row = $derived(whole(address.values.get('row'), 0, 27) ?? 14);
  column = $derived(whole(address.values.get('column'), 0, 27) ?? 14);
  scaling = $derived.by((): Scaling => {
    const wish = address.values.get('scaling');
    return SCALINGS.find((scaling) => scaling === wish) ?? 'min-max';
  });

  /** Keys of the address that ask for what does not exist; the page says so and goes on with the default. */
  bad = $derived.by((): string[] => {
    const asked = (key: string, good: (value: string) => boolean) => {
      const value = address.values.get(key);
      return value === null || good(value) ? [] : [`${key}=${value}`];
    };
    const within = (max: number) => (value: string) => whole(value, 0, max) !== null;
    return [
      ...asked('set', (value) => ['fashion-mnist', 'mnist', 'own'].includes(value)),
      ...asked('part', (value) => value === 'train' || value === 'test'),
      ...asked('show', (value) => value === 'first' || value === 'random' || isClass(value)),
      ...asked('seed', within(2 ** 32 - 1)),
      ...asked('page', within(this.lastPage)),
      ...asked('image', within(this.last)),
      ...asked('row', within(27)),
      ...asked('column', within(27)),
      ...asked('scaling', (value) => SCALINGS.some((scaling) => scaling === value)),
    ];
  });
}

export const place = new Place();
