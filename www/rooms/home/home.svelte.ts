// Home's network as the page knows it: what its worker tells of it, and when it learns. It does while somebody looks:
// it pauses when its room is left or the tab is put away, and goes on when one comes back.
import * as Comlink from 'comlink';
import type { Picture } from '../../engine/api/data';
import type { HomeReport } from '../../engine/api/home';
import { fromEngine } from '../../engine/ask';
import { onCrash } from '../../engine/client';
import type { Standing } from '../../engine/pkg/atelier';
import { palette } from '../../parts/palette.svelte';

export const DATA_SET = 'fashion-mnist';
/** Epochs after which it rests, until one wants as many more. */
const EPOCHS = 10;
/** So far as One step makes it again. */
const MOST_EPOCHS = 100;
/** Test images that are shown with their answers, of those that it is asked about. */
export const SHOWN = 24;
const WATCHED = Array.from({ length: 100 }, (_, index) => index);

class Home {
  standing = $state.raw<Standing | null>(null);
  maps = $state.raw<ImageData | null>(null);
  portraits = $state.raw<ImageData | null>(null);
  portrayed = $state(0);
  bands = $state.raw<Float64Array>(new Float64Array());
  /** The images of its next step have not arrived. */
  isWaiting = $state(false);
  /** The test images that it is asked about. */
  images = $state.raw<Picture[]>([]);
  /** The engine, at its last word, learns on: the last steps of a network that was paused are still on their way. */
  private isLearning = $state(false);
  /** It learns by itself, unless the visitor wants things to stand still. */
  private isWanted = $state(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  private epochs = $state(EPOCHS);
  private isHere = $state(false);
  private isInView = $state(document.visibilityState === 'visible');
  /** Counts the engines that were asked for it; none before somebody was here. */
  private engines = $state(0);
  /** The present one has the network. */
  private isOpen = $state(false);

  /** All its epochs are over. */
  rests = $derived(this.standing !== null && this.standing.step >= this.epochs * this.standing.stepsPerEpoch);
  isPlaying = $derived(this.isWanted && !this.rests);
  /** What is shown stays as it is until somebody presses Play. */
  isStill = $derived(!this.isPlaying && !this.isLearning);
  canPlay = $derived(!this.rests || this.epochs < MOST_EPOCHS);
  private learns = $derived(this.isPlaying && this.isHere && this.isInView && this.isOpen);

  constructor() {
    // A fresh engine makes the network anew, and the same steps again.
    onCrash((stopped) => {
      if (stopped !== 'trainer' || this.engines === 0) return;
      this.isOpen = false;
      this.engines++;
    });
    document.addEventListener('visibilitychange', () => {
      this.isInView = document.visibilityState === 'visible';
    });
    $effect.root(() => {
      $effect(() => {
        if (this.engines === 0) return;
        const tell = Comlink.proxy((report: HomeReport) => this.hear(report));
        return fromEngine(
          'trainer',
          (engine) => engine.home.open(tell),
          () => (this.isOpen = true),
        );
      });
      $effect(() => {
        if (!this.isOpen) return;
        const colours = palette();
        return fromEngine(
          'trainer',
          async (engine) => {
            await engine.home.setPalette(colours);
            return engine.data.pictures(DATA_SET, 'test', WATCHED, colours);
          },
          (images) => (this.images = images),
        );
      });
      $effect(() => {
        if (!this.learns) return;
        const { epochs, lastStep } = this;
        const takeBack = fromEngine(
          'trainer',
          (engine) => engine.home.play(epochs, lastStep),
          () => undefined,
        );
        return () => {
          takeBack();
          fromEngine(
            'trainer',
            (engine) => engine.home.pause(),
            () => undefined,
          );
        };
      });
    });
  }

  /** Where it stood last; what follows it does not run again. */
  private lastStep = 0;

  /** Somebody is in its room; what is returned says that nobody is any more. */
  enter(): () => void {
    this.isHere = true;
    if (this.engines === 0) this.engines = 1;
    return () => (this.isHere = false);
  }

  play() {
    if (this.rests) this.epochs = Math.min(MOST_EPOCHS, this.epochs + EPOCHS);
    this.isWanted = true;
  }

  pause() {
    this.isWanted = false;
  }

  private hear({ standing, bands, maps, portraits, portrayed, isWaiting, isPlaying }: HomeReport) {
    this.isLearning = isPlaying;
    // A fresh engine tells of its start; what is shown stays until it has come as far.
    if (standing.step < this.lastStep) return;
    this.lastStep = standing.step;
    this.standing = standing;
    this.bands = bands;
    this.maps = maps;
    if (portraits) this.portraits = portraits;
    this.portrayed = portrayed;
    this.isWaiting = isWaiting;
  }
}

export const home = new Home();
