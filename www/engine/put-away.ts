// Before the page is left for good: what would be lost with it is kept first.

const keepers = new Set<() => Promise<void>>();

/** Calls `keep` before the page reloads itself. */
export function beforeReload(keep: () => Promise<void>) {
  keepers.add(keep);
}

/** A store may never answer. */
const MOST_MILLISECONDS = 3000;

/** Reloads the page once everything that would be lost is kept. */
export async function reload(): Promise<void> {
  const kept = Promise.allSettled([...keepers].map((keep) => keep()));
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, MOST_MILLISECONDS))]);
  location.reload();
}
