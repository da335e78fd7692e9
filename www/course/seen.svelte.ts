// What rooms show, for lessons: each room publishes a few numbers of what it has on the screen, as the engine gave them.
// Rooms know no lessons, and lessons no components.
import { untrack } from 'svelte';

export interface Published {
  neuron: {
    weight: number;
    bias: number;
    input: number;
    shown: readonly string[];
    /** By activation. */
    readings: Readonly<Record<string, { output: number; dWeight: number }>>;
  };
  gate: {
    gate: string;
    unit: string;
    numLayers: number;
    /** How many of the four corners come out right. */
    right: number;
  };
  softmax: {
    logits: readonly number[];
    shift: number;
    temperature: number;
    isGuarded: boolean;
    /** In 32 bits, with or without the guard, as the table has them. */
    exponentials: readonly number[];
    sum: number;
    probabilities: readonly number[];
  };
  image: {
    part: string;
    image: number;
    row: number;
    column: number;
    label: number | null;
    /** 0…255. */
    pixel: number | null;
  };
  scaling: {
    scaling: string;
    /** The pixel that is looked at, before and after. */
    raw: number | null;
    scaled: number | null;
    /** Of all scaled training pixels. */
    mean: number | null;
    deviation: number | null;
    constantPixels: number | null;
  };
  loss: {
    /** Probability of the true class. */
    q: number;
    classes: number;
    crossEntropy: number | null;
    squaredError: number | null;
  };
  graph: {
    example: string | null;
    /** By name: value, and derivative of the result by it. */
    nodes: Readonly<Record<string, { value: number; derivative: number | null }>>;
    result: number | null;
  };
  train: {
    numLayers: number;
    epochs: number;
    finishedEpochs: number;
    step: number;
    isPlaying: boolean;
    /** Training loss of the first and of the last finished epoch. */
    firstLoss: number | null;
    loss: number | null;
    /** After the last finished epoch. */
    validationAccuracy: number | null;
  };
}

export type Seen = { [Room in keyof Published]?: Published[Room] };

class Shown {
  now = $state.raw<Seen>({});
}
export const shown = new Shown();

/** Publishes what a room shows while it is open; null while it has nothing yet. Call it while its component starts. */
export function publish<Room extends keyof Published>(room: Room, give: () => Published[Room] | null): void {
  $effect(() => {
    const now = give();
    shown.now = { ...others(room), ...(now ? { [room]: now } : {}) };
  });
  // A room that is left shows nothing.
  $effect(() => () => void (shown.now = others(room)));
}

function others(room: keyof Published): Seen {
  const rest = { ...untrack(() => shown.now) };
  delete rest[room];
  return rest;
}
