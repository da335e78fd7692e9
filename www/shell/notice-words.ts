// What befell a run, in words.
import type { Notice } from '../engine/notices.svelte';
import { nameOf } from '../rooms/train/run-words';
import { number, say } from '../words/say.svelte';

export function wordsOf(notice: Notice): string {
  const words = say.runs;
  switch (notice.kind) {
    case 'damaged':
      return words.damaged(number(notice.count));
    case 'unreadable':
      return words.unreadable(words.obstacles[notice.failure]);
    case 'not-kept':
      return words.obstacles[notice.failure];
    case 'not-removed':
      return words.notRemoved(nameOf(notice.run));
    case 'not-renamed':
      return words.notRenamed(nameOf(notice.run));
    case 'elsewhere':
      return words.isElsewhere(nameOf(notice.run));
    case 'moved':
      return words.moved;
    case 'data-gone':
      return words.isDataGone(nameOf(notice.run));
    case 'cannot-go-on': {
      const { reason } = notice;
      const because =
        typeof reason === 'string' ? words.reasons[reason] : reason.refused().replace(/\.$/, '');
      return words.cannotGoOn(nameOf(notice.run), because);
    }
  }
}
