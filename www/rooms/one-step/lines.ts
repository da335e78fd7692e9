// Where the picture of the network draws what, and how thick: places and widths only, the numbers are the engine's.

/** One line between two places of the picture. */
export interface Line {
  path: string;
  width: number;
  /** 0…1, of the strongest line in its place. */
  share: number;
  isNegative: boolean;
}

/** Lines below this share of the strongest are left out: there would be thousands. */
export const LEAST_SHARE = 0.1;
const THINNEST = 0.6;
const THICKEST = 4;

/** The lines for `values`, a row a source; what is not a number has no thickness, and no line. */
export function linesOf(
  values: readonly (readonly number[])[],
  from: { x: number; y: (at: number) => number },
  to: { x: number; y: (at: number) => number },
): Line[] {
  const strongest = Math.max(0, ...values.flat().map(Math.abs).filter(Number.isFinite));
  if (strongest === 0) return [];
  const middle = (from.x + to.x) / 2;
  return values
    .flatMap((row, source) =>
      row.map((value, target) => {
        const share = Math.abs(value) / strongest;
        const [start, end] = [from.y(source), to.y(target)];
        const path = `M${from.x} ${start}C${middle} ${start} ${middle} ${end} ${to.x} ${end}`;
        return { path, share, width: THINNEST + (THICKEST - THINNEST) * share, isNegative: value < 0 };
      }),
    )
    .filter(({ share }) => share >= LEAST_SHARE)
    .toSorted((one, other) => one.share - other.share);
}

/** The middles of `count` rows that share a height evenly. */
export const rows = (top: number, height: number, count: number) => (at: number) =>
  top + (height * (at + 0.5)) / count;
