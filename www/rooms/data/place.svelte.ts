// What the Data room shows: what it is set to, as far as the present data set has it.
import type { Show } from '../../engine/api/data-room';
import { dataSets } from '../../engine/data-sets.svelte';
import { usual, type Settings, type ShowName } from './settings';

/** Images on one page. */
export const PAGE = 30;

class Place {
  settings = $state.raw<Settings>(usual);

  part = $derived(this.settings.part);
  private hasShow = $derived.by(() => {
    const label = classOf(this.settings.show);
    return label === null || label < dataSets.classes.length;
  });
  showName = $derived<ShowName>(this.hasShow ? this.settings.show : usual.show);
  show = $derived.by((): Show => {
    const label = classOf(this.showName);
    return label === null ? (this.showName as 'first' | 'random') : { class: label };
  });
  seed = $derived(this.settings.seed);
  /** The last image there is; while images arrive, nobody knows. */
  private last = $derived.by(() => {
    const { state, trainImages, testImages } = dataSets.current;
    if (state !== 'ready') return Infinity;
    return Math.max(0, (this.part === 'train' ? trainImages : testImages) - 1);
  });
  /** How many images are shown by pages; null until it is known that they are not all of the part. */
  shown = $state<number | null>(null);
  private lastPage = $derived(Math.floor(Math.max(0, (this.shown ?? this.last + 1) - 1) / PAGE));
  page = $derived(this.settings.page <= this.lastPage ? this.settings.page : usual.page);
  image = $derived(this.settings.image <= this.last ? this.settings.image : usual.image);
  row = $derived(this.settings.row);
  column = $derived(this.settings.column);
  scaling = $derived(this.settings.scaling);

  /** What the room is set to and this data set does not have. */
  missing = $derived.by((): string[] => {
    const { show, page, image } = this.settings;
    return [
      ...(this.hasShow ? [] : [`show=${show}`]),
      ...(page <= this.lastPage ? [] : [`page=${page}`]),
      ...(image <= this.last ? [] : [`image=${image}`]),
    ];
  });

  change(changes: Partial<Settings>) {
    this.settings = { ...this.settings, ...changes };
  }
}

/** The class that is shown alone; null where none is. */
function classOf(show: ShowName): number | null {
  return show.startsWith('class-') ? Number(show.slice('class-'.length)) : null;
}

export const place = new Place();
