// How the code of a room arrives: its files are fetched first and then imported.
//
// Firefox and WebKit keep a script that failed to arrive for as long as the page lives, and so do all rooms that share
// it: nothing may be imported while the line is cut. What `fetch` could not get can be fetched again at any time.
import type { Component } from 'svelte';
import { prepareLab } from '../engine/client';
import { root } from '../engine/loading/root';
import { engineModule } from '../engine/module';
import { roomNames, rooms, sourceOf, type RoomName } from '../rooms';
import { hasNotArrived } from './has-not-arrived';
import { offline } from './offline.svelte';

/** A room that cannot be opened. */
export class RoomMissing extends Error {
  constructor(
    /** It could not be fetched; this browser keeps that it once could not; its code throws while it loads. */
    readonly kind: 'unreachable' | 'kept' | 'broken',
    reason: string,
  ) {
    super(reason);
  }
}

const arrived = new Map<RoomName, Component>();

/** The code of a room that is here already. */
export const roomHere = (name: RoomName): Component | null => arrived.get(name) ?? null;

/** Fetches a room. The page's own first room comes with the page: its line is there. */
export async function arrive(name: RoomName, priority: RequestPriority = 'auto'): Promise<Component> {
  const here = arrived.get(name);
  if (here) return here;
  const isFirst = arrived.size === 0 && !hasFailed;
  try {
    if (!isFirst) await fetchFiles(name, priority);
  } catch (error) {
    throw new RoomMissing('unreachable', String(error));
  }
  try {
    const { default: room } = await rooms[name]();
    arrived.set(name, room);
    return room;
  } catch (error) {
    hasFailed = true;
    if (!hasNotArrived(error))
      throw new RoomMissing('broken', error instanceof Error ? error.message : String(error));
    throw new RoomMissing(isFirst ? 'unreachable' : 'kept', String(error));
  }
}
let hasFailed = false;

/** What the build says of a file: where it lies, and what it needs. */
interface Built {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}
let built: Promise<Record<string, Built>> | null = null;

async function fetched(file: string, priority: RequestPriority): Promise<Response> {
  const answer = await fetch(new URL(file, root()), { priority });
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer;
}

/** Files that have come whole: rooms share most of theirs, and none is asked for twice. */
const whole = new Set<string>();

/** Fetches every file that a room is made of: they are in the browser's cache then, or it throws. */
async function fetchFiles(name: RoomName, priority: RequestPriority): Promise<void> {
  // In development nothing is built.
  if (!import.meta.env.PROD) return;
  built ??= fetched('page/files.json', priority).then(
    (answer) => answer.json() as Promise<Record<string, Built>>,
  );
  built.catch(() => (built = null));
  const all = await built;
  const files = new Set<string>();
  const visit = (key: string) => {
    const found = all[key];
    // The entry is this page's own script.
    if (!found || found.isEntry || files.has(found.file)) return;
    files.add(found.file);
    for (const sheet of found.css ?? []) files.add(sheet);
    found.imports?.forEach(visit);
  };
  visit(sourceOf(name));
  const missing = [...files].filter((file) => !whole.has(file));
  await Promise.all(
    missing.map(async (file) => {
      await (await fetched(file, priority)).arrayBuffer();
      whole.add(file);
    }),
  );
}

const idle = () =>
  new Promise<void>((resolve) => {
    // Safari has no such call.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 5000 });
    else setTimeout(resolve, 500);
  });

let isArriving = false;

/**
 * Fetches what has not been opened yet, one room after the other, while nobody needs the line or the machine: from then
 * on every room opens without a network. Ends quietly where something cannot be had; whoever opens that room is told.
 */
export async function arriveAll(): Promise<void> {
  if (isArriving) return;
  isArriving = true;
  try {
    // The engine first, which the present room waits for: they share one line.
    await engineModule().catch(() => undefined);
    for (const name of roomNames) {
      await idle();
      await arrive(name, 'low').catch((error: RoomMissing) => {
        if (error.kind !== 'broken') throw error;
      });
    }
    await idle();
    // What stands beside a room, too.
    await import('../course/Panel.svelte');
    await idle();
    await prepareLab();
    await idle();
    // Whoever draws first of all without a line draws for this one.
    const { prefetch } = await import('../engine/here');
    prefetch('digits');
    await idle();
    await offline.begin();
  } catch {
    // See above.
  } finally {
    isArriving = false;
  }
}
