// The data sets as the page knows them: how much has arrived, and what went wrong.
import * as Comlink from 'comlink';
import type { DataSetName, LoadProgress, OwnParts } from './api/data';
import { engineOf, onCrash, whenWorthAsking } from './client';
import { EngineMissing, EngineStopped } from './errors';
import { messageOf, troubles } from './troubles.svelte';
import { breakable } from '../parts/breakable';
import { say } from '../words/say.svelte';

export interface DataSetState {
  name: DataSetName;
  state: 'waiting' | 'loading' | 'ready' | 'failed';
  /** Bytes received of bytes expected, 0…1. */
  share: number;
  bytesReceived: number;
  bytesTotal: number;
  /** Images that can be looked at already. */
  trainImages: number;
  testImages: number;
  trainTotal: number;
  testTotal: number;
  millisecondsLeft: number | null;
}

const empty = (name: DataSetName): DataSetState => ({
  name,
  state: 'waiting',
  share: 0,
  bytesReceived: 0,
  bytesTotal: 0,
  trainImages: 0,
  testImages: 0,
  trainTotal: 0,
  testTotal: 0,
  millisecondsLeft: null,
});

/** Drawings as the engine takes them. */
export interface DrawnSet {
  /** N × 784. */
  pixels: Uint8Array;
  /** N. */
  labels: Uint8Array;
  names: string[];
}

class DataSets {
  private states = $state.raw<Record<string, DataSetState>>({});
  /** The data set that the rooms work on now. */
  name = $state<DataSetName>('fashion-mnist');
  current = $derived(this.of(this.name));
  /** Class names of the visitor's own data; null while there is none. */
  ownClasses = $state.raw<string[] | null>(null);
  private own: { files: File[]; names: string[] } | DrawnSet | null = null;
  /** Whether those are drawings. */
  isDrawn = $state(false);
  /** How many of its images in order are variations of one thing. */
  ownRun = $state(1);
  /** Tells those data from others that a visitor had here before. */
  ownId = $state<string | null>(null);
  ownParts = $state.raw<OwnParts | null>(null);
  /** The data sets there are to choose from. */
  names = $derived<DataSetName[]>(
    this.ownClasses ? ['fashion-mnist', 'mnist', 'own'] : ['fashion-mnist', 'mnist'],
  );
  /** Names of the present set's classes, in the visitor's language where it has one. */
  classes = $derived(this.classesOf(this.name));

  constructor() {
    // A fresh engine has no images: fetch them again (the browser's cache has the files).
    onCrash((stopped) => {
      if (stopped !== 'trainer') return;
      const lost = Object.values(this.states).filter((set) => set.state !== 'failed');
      this.states = {};
      for (const set of lost) void (set.name === 'own' ? this.readOwnAgain() : this.load(set.name));
    });
  }

  of(name: DataSetName): DataSetState {
    return this.states[name] ?? empty(name);
  }

  /** Resolves once every image is there; a second call while loading waits for the same load. */
  async load(name: DataSetName): Promise<void> {
    if (this.of(name).state === 'ready') return;
    this.change(name, { state: 'loading' });
    try {
      const engine = await engineOf('trainer');
      // Progress comes by a port of its own: its last word may arrive after the answer. After one file
      // failed the others go on arriving.
      const progress = Comlink.proxy((now: LoadProgress) => {
        if (this.of(name).state !== 'ready') this.change(name, now);
      });
      const loaded = await engine.data.load(name, progress);
      this.change(name, { ...loaded, state: 'ready', share: 1, millisecondsLeft: 0 });
    } catch (error) {
      // What was lost with an engine is fetched again, see above.
      if (error instanceof EngineStopped) return;
      this.change(name, { state: 'failed' });
      if (error instanceof EngineMissing) return whenWorthAsking(() => void this.load(name));
      troubles.say(
        () => messageOf(error),
        () => void this.load(name),
      );
    }
  }

  /** The names of its classes as they are shown. */
  classesOf(name: DataSetName): string[] {
    return name === 'own' ? (this.ownClasses ?? []).map(breakable) : (say.classes[name] ?? []);
  }

  /** Makes the rooms work on `name`, and fetches it. */
  choose(name: DataSetName): Promise<void> {
    this.name = name;
    return this.load(name);
  }

  /** Makes a data set of the visitor's files the present one; null, or why they cannot be used. */
  async takeOwn(files: File[], names: string[]): Promise<(() => string) | null> {
    try {
      await this.readOwn(files, names);
      this.name = 'own';
      return null;
    } catch (error) {
      return () => messageOf(error);
    }
  }

  /** Makes a data set of the visitor's drawings; null, or why they make none. */
  async takeDrawings(set: DrawnSet): Promise<(() => string) | null> {
    try {
      await this.readDrawings(set);
      return null;
    } catch (error) {
      return () => messageOf(error);
    }
  }

  private async readDrawings(set: DrawnSet) {
    const engine = await engineOf('trainer');
    const read = await engine.data.takeDrawings(set.pixels, set.labels, set.names);
    this.own = set;
    this.isDrawn = true;
    this.ownRun = read.run;
    this.ownClasses = set.names;
    this.ownId = read.identity;
    this.ownParts = null;
    this.change('own', { ...empty('own'), ...read.progress, state: 'ready' });
  }

  private async readOwn(files: File[], names: string[]) {
    const engine = await engineOf('trainer');
    const read = await engine.data.readOwn(files, names);
    this.own = { files, names };
    this.isDrawn = false;
    this.ownRun = 1;
    this.ownClasses = read.names;
    this.ownId = read.identity;
    this.ownParts = read.parts;
    // A new record: who follows the present set notices a second own one, too.
    this.change('own', { ...empty('own'), ...read.progress, state: 'ready' });
  }

  /** The visitor's files, lost with an engine; they may have been changed or removed meanwhile. */
  private async readOwnAgain() {
    if (!this.own) return;
    this.change('own', { state: 'loading' });
    try {
      if ('pixels' in this.own) await this.readDrawings(this.own);
      else await this.readOwn(this.own.files, this.own.names);
    } catch (error) {
      if (error instanceof EngineStopped) return;
      this.change('own', { state: 'failed' });
      if (error instanceof EngineMissing) return whenWorthAsking(() => void this.readOwnAgain());
      this.own = this.ownClasses = null;
      troubles.sayError(error);
      if (this.name === 'own') void this.choose('fashion-mnist');
    }
  }

  private change(name: DataSetName, changes: Partial<DataSetState>) {
    this.states = { ...this.states, [name]: { ...this.of(name), ...changes } };
  }
}

export const dataSets = new DataSets();
