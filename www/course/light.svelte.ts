// Lights places of the room: waits until they are there, brings the first into view above the lesson's sheet, marks them,
// and lets go of them again. A covered number stays covered while the room goes on painting.

/** By which somebody takes the page into their own hands. */
const GESTURES = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** Lights the places called `name`; what it returns puts the light out. `below`: pixels that a sheet covers. */
export function light(name: string, isCovered: boolean, below: () => number): () => void {
  let lit: HTMLElement[] = [];
  const look = () => {
    const found = [...document.querySelectorAll<HTMLElement>(`[data-light~="${name}"]`)];
    if (found.length === lit.length && found.every((each, at) => each === lit[at])) return;
    const isFirst = lit.length === 0;
    lit.filter((each) => !found.includes(each)).forEach(putOut);
    lit = found;
    for (const each of found) {
      each.dataset.lit = isCovered ? 'covered' : 'lit';
      if (isCovered) each.setAttribute('aria-hidden', 'true');
    }
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (isFirst && found[0]) intoView(found[0], below(), isCalm ? 'instant' : 'smooth');
  };
  // While a room arrives it grows, and what was brought into view moves on: until somebody scrolls, it is followed.
  let isFollowed = true;
  const letGo = () => (isFollowed = false);
  const growth = new ResizeObserver(() => {
    if (!isFollowed || !lit[0]) return;
    // What still moves there goes to where it was before: it ends here.
    scrollTo({ top: scrollY, behavior: 'instant' });
    intoView(lit[0], below(), 'instant');
  });
  growth.observe(document.body);
  for (const gesture of GESTURES) addEventListener(gesture, letGo, { passive: true });
  // A room arrives, and makes its places anew when its data change.
  const watch = new MutationObserver(look);
  watch.observe(document.body, { childList: true, subtree: true });
  look();
  return () => {
    watch.disconnect();
    growth.disconnect();
    for (const gesture of GESTURES) removeEventListener(gesture, letGo);
    lit.forEach(putOut);
  };
}

function putOut(lit: HTMLElement) {
  delete lit.dataset.lit;
  lit.removeAttribute('aria-hidden');
}

/** Scrolls no more than it must: to the middle of what the sheet leaves free, or to the top of what is larger. */
function intoView(element: HTMLElement, below: number, behavior: ScrollBehavior) {
  const { top, bottom, height } = element.getBoundingClientRect();
  const above = coveredAbove(element);
  const free = innerHeight - below - above;
  if (top >= above && bottom <= above + free) return;
  const by = top - above - (height < free ? (free - height) / 2 : 12);
  scrollBy({ top: by, behavior });
}

/** Pixels at the window's top that a room keeps for what stays there: it says so where it scrolls to. */
function coveredAbove(element: Element): number {
  let above = 0;
  for (let each: Element | null = element; each; each = each.parentElement)
    above = Math.max(above, parseFloat(getComputedStyle(each).scrollMarginTop));
  return above;
}
