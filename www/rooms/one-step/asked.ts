// What the room can be set to, as it stands in the address.
import type { Guest } from '../../engine/api/one-step';
import { say } from '../../words/say.svelte';
import { AddressReader, unlessUsual } from '../../parts/address-values';
import { sourceNames, type SourceName } from './sources';
import type { Chosen, OneStepState } from './step.svelte';

export interface Asked {
  source: SourceName;
  /** Steps that Home's network has made. */
  homeStep: number;
  bug: string | null;
  /** Of the image in its mini-batch, from 0. */
  place: number;
  /** An image of the data set that sits in the mini-batch's first place. */
  guest: Guest | null;
  /** Null leaves the choice to the room. */
  weight: Chosen | null;
  station: string;
  view: View;
}

/** What the room shows of the step: the table with every number, or the picture of the network. */
export const views = ['table', 'picture'] as const;
export type View = (typeof views)[number];

/** Of a hundred epochs: it is made again step by step. */
const LAST_HOME_STEP = 187_500;
const FIRST_STATION = 'pick';

/** Reads an address; what it asks for that cannot be is noted, and left as it is by itself. */
export function read(values: URLSearchParams): { settings: Asked; bad: string[] } {
  const from = new AddressReader(values);
  const settings: Asked = {
    source: from.choice('network', 'train', sourceNames),
    homeStep: from.whole('at', 0, 0, LAST_HOME_STEP),
    bug: from.read<string | null>('bug', null, (name) =>
      Object.hasOwn(say.oneStep.bugs, name) ? name : null,
    ),
    place: from.whole('image', 1, 1, 99_999) - 1,
    guest: from.read<Guest | null>('guest', null, guestOf),
    weight: from.read<Chosen | null>('weight', null, weightOf),
    // Which stations there are is known once the step is taken.
    station: values.get('station') ?? FIRST_STATION,
    view: from.choice('view', 'table', views),
  };
  return { settings, bad: from.bad };
}

function guestOf(text: string): Guest | null {
  const [, part, index] = /^(train|test)-(\d{1,6})$/.exec(text) ?? [];
  return part === 'train' || part === 'test' ? { part, index: Number(index) } : null;
}

function weightOf(text: string): Chosen | null {
  const [, layer, unit, input] = /^(\d{1,2})-(\d{1,4})-(\d{1,4}|bias)$/.exec(text) ?? [];
  if (input === undefined) return null;
  return { layer: Number(layer), unit: Number(unit), input: input === 'bias' ? null : Number(input) };
}

/** What differs from the room as it opens. */
export function write({
  source,
  homeStep,
  bug,
  place,
  guest,
  weight,
  station,
  view,
}: Asked): Record<string, string | null> {
  return {
    network: unlessUsual(source, 'train'),
    at: source === 'home' ? String(homeStep) : null,
    station: unlessUsual(station, FIRST_STATION),
    view: unlessUsual(view, 'table'),
    image: place === 0 ? null : String(place + 1),
    guest: guest && guestText(guest),
    bug,
    weight: weight && weightText(weight),
  };
}

/** What the room is set to. */
export function askedOf({
  source,
  homeStep,
  bug,
  place,
  guest,
  ownChoice,
  chosen,
  station,
  view,
}: OneStepState): Asked {
  const weight = ownChoice ? null : chosen;
  return { source, homeStep, bug, place, guest, weight, station: station?.key ?? FIRST_STATION, view };
}

/** A weight as the address has it: layer, unit, input. */
export const weightText = ({ layer, unit, input }: Chosen) => `${layer}-${unit}-${input ?? 'bias'}`;

/** An image as the address has it: its part of the data set, its number there. */
export const guestText = ({ part, index }: Guest) => `${part}-${index}`;
