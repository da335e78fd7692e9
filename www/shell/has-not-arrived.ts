/** What Chromium, Firefox, WebKit and Vite's loader of style sheets say of an import whose file did not arrive. */
const SAID = [
  /^Failed to fetch dynamically imported module/,
  /^error loading dynamically imported module/,
  /^Importing a module script failed/,
  /^Unable to preload CSS/,
];

/** Whether an import failed for want of a file; else the code itself threw. */
export function hasNotArrived(error: unknown): boolean {
  return error instanceof Error && SAID.some((text) => text.test(error.message));
}
