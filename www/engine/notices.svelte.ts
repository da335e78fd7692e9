// What befell the visitor's runs, as records; the shell puts them into words.
import type { Unfit } from './api/training';
import type { Failure } from './store/failure';
import type { RunRecord } from './store/records';

export type Notice =
  /** So many records could not be read and were left out. */
  | { kind: 'damaged'; count: number }
  | { kind: 'unreadable'; failure: Failure }
  /** What is trained now lives until the tab closes. */
  | { kind: 'not-kept'; failure: Failure }
  | { kind: 'not-removed'; run: RunRecord; failure: Failure }
  | { kind: 'not-renamed'; run: RunRecord; failure: Failure }
  /** A run is open in another tab. */
  | { kind: 'elsewhere'; run: RunRecord }
  /** Another tab went on with the present run: here it goes on as a run of its own. */
  | { kind: 'moved' }
  /** Its data were the visitor's own, and are not here. */
  | { kind: 'data-gone'; run: RunRecord }
  /** A new run was begun in its place. `differs`: the same steps gave other numbers than they had. */
  | { kind: 'cannot-go-on'; run: RunRecord; reason: Unfit | 'differs' | { refused: () => string } };

class Notices {
  list = $state.raw<Notice[]>([]);

  /** The same kind of notice, about the same run, stands once: the newest. */
  tell(notice: Notice) {
    this.list = [...this.list.filter((other) => subject(other) !== subject(notice)), notice];
  }

  dismiss(notice: Notice) {
    this.list = this.list.filter((other) => other !== notice);
  }

  /** It is not so any more. */
  takeBack(kind: Notice['kind']) {
    if (this.list.some((notice) => notice.kind === kind))
      this.list = this.list.filter((notice) => notice.kind !== kind);
  }
}

const subject = (notice: Notice) => notice.kind + ('run' in notice ? notice.run.key : '');

export const notices = new Notices();
