// What the page knows of its service worker (offline/service-worker.ts): whether the page is kept in this browser, and
// whether a newer one waits.
import { root } from '../engine/loading/root';
import { reload } from '../engine/put-away';
import { trustedScript } from '../parts/trusted';

class Offline {
  /** Every room opens without a line. */
  isKept = $state(false);
  /** A newer version of the page is here, and takes this one's place when the visitor wants it or all tabs are closed. */
  next = $state.raw<ServiceWorker | null>(null);
  /** It could not: another tab shows the present one. */
  isElsewhere = $state(false);

  /** Keeps the page in this browser, and looks for a newer one. To be called when nobody needs the line. */
  async begin(): Promise<void> {
    // In development nothing is built; without https, and in some private windows, there is no such thing.
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    try {
      const registration = await navigator.serviceWorker.register(
        trustedScript(new URL('service-worker.js', root())),
      );
      const follow = () => {
        this.isKept = registration.active !== null;
        this.next = registration.active ? registration.waiting : null;
      };
      const watch = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', follow);
      for (const worker of [registration.installing, registration.waiting, registration.active])
        watch(worker);
      registration.addEventListener('updatefound', () => watch(registration.installing));
      follow();
    } catch {
      // It is a help, never a need: a store that is full or forbidden leaves the page as it is.
    }
  }

  /** Opens the newer version, once what would be lost is kept; unless another tab shows the present one. */
  async takeOver(): Promise<void> {
    const { next } = this;
    if (!next) return;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<boolean>((resolve) => {
      port1.onmessage = (event: MessageEvent<boolean>) => resolve(event.data);
    });
    const taken = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
      next.addEventListener('statechange', () => next.state === 'activated' && resolve(null));
    });
    next.postMessage('take-over', [port2]);
    this.isElsewhere = !(await answer);
    if (this.isElsewhere) return;
    await taken;
    await reload();
  }
}

export const offline = new Offline();
