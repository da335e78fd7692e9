// The image that the room looks at closely: its pixels, its picture, its name.
import type { Picture } from '../../engine/api/data';
import { fromEngine } from '../../engine/ask';
import { dataSets } from '../../engine/data-sets.svelte';
import { palette } from '../../parts/palette.svelte';
import { number, say } from '../../words/say.svelte';
import { place } from './place.svelte';

class Chosen {
  pixels = $state.raw<Uint8Array | null>(null);
  picture = $state.raw<Picture | null>(null);
  label = $derived(this.picture?.label ?? null);
  title = $derived.by(() => {
    const label = this.label;
    const name = label === null ? '' : (dataSets.classes[label] ?? '');
    return say.data.titleOf(say.data.parts[place.part], number(place.image), label, name);
  });

  /** Fetches it, and the next one; call it while the room starts. */
  follow() {
    $effect(() => {
      const colours = palette();
      const [name, part, index] = [dataSets.name, place.part, place.image];
      const { state, trainImages, testImages } = dataSets.current;
      if (state !== 'ready' || index >= (part === 'train' ? trainImages : testImages)) {
        this.pixels = null;
        this.picture = null;
        return;
      }
      return fromEngine(
        'trainer',
        (engine) =>
          Promise.all([
            engine.data.pictures(name, part, [index], colours),
            engine.dataRoom.pixels(name, part, index),
          ]),
        ([pictures, pixels]) => {
          this.picture = pictures[0] ?? null;
          this.pixels = pixels;
        },
      );
    });
  }
}

export const chosen = new Chosen();
