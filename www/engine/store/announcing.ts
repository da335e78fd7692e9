// Every tab's list follows what any tab, or any tab's worker, has written.
import type { RunRecord } from './records';

export type Announcement = { kind: 'kept'; record: RunRecord } | { kind: 'removed'; key: string };

const NAME = 'atelier runs';

let channel: BroadcastChannel | null = null;
const open = () => (channel ??= new BroadcastChannel(NAME));

/** To everybody but those who listen by the same thread's channel. */
export function announce(announcement: Announcement) {
  open().postMessage(announcement);
}

export function listen(hear: (announcement: Announcement) => void): () => void {
  const listener = ({ data }: MessageEvent<Announcement>) => hear(data);
  open().addEventListener('message', listener);
  return () => open().removeEventListener('message', listener);
}
