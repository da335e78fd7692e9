// The task in the address, before the `#` that is the room's: `?task=…`; its code is fetched only where there is one.
class TaskInAddress {
  code = $state<string | null>(null);

  constructor() {
    this.look();
    addEventListener('popstate', () => this.look());
  }

  look() {
    this.code = new URLSearchParams(location.search).get('task');
  }

  /** The room stays, the task goes. */
  leave() {
    const url = new URL(location.href);
    url.searchParams.delete('task');
    history.pushState(null, '', url);
    this.look();
  }
}

export const taskInAddress = new TaskInAddress();
