// The rooms: their address, and how their code is fetched.
import type { Component } from 'svelte';
import { address } from '../parts/address.svelte';

export const rooms = {
  home: () => import('./home/Room.svelte'),
  course: () => import('./course/Room.svelte'),
  train: () => import('./train/Room.svelte'),
  'one-step': () => import('./one-step/Room.svelte'),
  draw: () => import('./draw/Room.svelte'),
  own: () => import('./own/Room.svelte'),
  neuron: () => import('./neuron/Room.svelte'),
  softmax: () => import('./softmax/Room.svelte'),
  loss: () => import('./loss/Room.svelte'),
  graph: () => import('./graph/Room.svelte'),
  data: () => import('./data/Room.svelte'),
} satisfies Record<string, () => Promise<{ default: Component }>>;

export type RoomName = keyof typeof rooms;
export const roomNames = Object.keys(rooms) as RoomName[];
/** What stands at the empty address. */
export const FIRST_ROOM: RoomName = 'home';

/** A room's name in the list of built files. */
export const sourceOf = (name: RoomName) => `rooms/${name}/Room.svelte`;

address.lead(roomNames, FIRST_ROOM);

/** The room that the address leads to. */
export const presentRoom = () => address.room as RoomName;
