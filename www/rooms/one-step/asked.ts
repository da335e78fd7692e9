// What the room can be set to, as it stands in the address.
import type { Guest } from '../../engine/api/one-step';
import { say } from '../../words/say.svelte';
import { isSource, type SourceName } from './sources';
import type { Chosen, OneStepState } from './step.svelte';

export interface Asked {
  source: SourceName;
  bug: string | null;
  /** Of the image in its mini-batch, from 0. */
  place: number;
  /** An image of the data set that sits in the mini-batch's first place. */
  guest: Guest | null;
  weight: Chosen | null;
  station: string;
  /** What is asked for and cannot be, as `key=value`. */
  unknown: string[];
}

/** Reads an address; what it asks for that cannot be is noted, and left as it is by itself. */
export function read(values: URLSearchParams): Asked {
  const asked: Asked = {
    source: 'train',
    bug: null,
    place: 0,
    guest: null,
    weight: null,
    station: values.get('station') ?? 'pick',
    unknown: [],
  };
  const take = (key: string, fits: (text: string) => boolean) => {
    const text = values.get(key);
    if (text !== null && !fits(text)) asked.unknown.push(`${key}=${text}`);
  };
  take('network', (text) => {
    if (isSource(text)) asked.source = text;
    return isSource(text);
  });
  take('bug', (text) => {
    const known = Object.hasOwn(say.oneStep.bugs, text);
    if (known) asked.bug = text;
    return known;
  });
  take('image', (text) => {
    const known = /^[1-9]\d{0,4}$/.test(text);
    if (known) asked.place = Number(text) - 1;
    return known;
  });
  take('guest', (text) => {
    const [, part, index] = /^(train|test)-(\d{1,6})$/.exec(text) ?? [];
    if (part !== 'train' && part !== 'test') return false;
    asked.guest = { part, index: Number(index) };
    return true;
  });
  take('weight', (text) => {
    const [, layer, unit, input] = /^(\d{1,2})-(\d{1,4})-(\d{1,4}|bias)$/.exec(text) ?? [];
    if (input === undefined) return false;
    const from = input === 'bias' ? null : Number(input);
    asked.weight = { layer: Number(layer), unit: Number(unit), input: from };
    return true;
  });
  return asked;
}

/** What differs from the room as it opens. */
export function write(step: OneStepState): Record<string, string | null> {
  return {
    network: step.source === 'train' ? null : step.source,
    station: step.at === 0 ? null : (step.station?.key ?? null),
    image: step.place === 0 ? null : String(step.place + 1),
    guest: step.guest && guestText(step.guest),
    bug: step.bug,
    weight: step.ownChoice ? null : weightText(step.chosen),
  };
}

/** A weight as the address has it: layer, unit, input. */
export const weightText = ({ layer, unit, input }: Chosen) => `${layer}-${unit}-${input ?? 'bias'}`;

/** An image as the address has it: its part of the data set, its number there. */
export const guestText = ({ part, index }: Guest) => `${part}-${index}`;
