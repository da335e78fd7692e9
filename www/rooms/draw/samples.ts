// Drawings for "Try this": strokes as a visitor would make them, in units of the pad's side.
import type { Stroke } from './pad.svelte';

/** Straight lines through corners, with points between them as a moving pen leaves them. */
function lines(...corners: [number, number][]): Stroke {
  const stroke: Stroke = [];
  corners.forEach(([x, y], at) => {
    const [fromX, fromY] = corners[at - 1] ?? [x, y];
    const steps = at === 0 ? 1 : 12;
    for (let step = 1; step <= steps; step++)
      stroke.push(fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps, 0.5);
  });
  return stroke;
}

/** Part of an ellipse; angles in turns, clockwise from the right. */
function arc(x: number, y: number, across: number, down: number, from: number, to: number): Stroke {
  const stroke: Stroke = [];
  for (let step = 0; step <= 24; step++) {
    const angle = 2 * Math.PI * (from + ((to - from) * step) / 24);
    stroke.push(x + across * Math.cos(angle), y + down * Math.sin(angle), 0.5);
  }
  return stroke;
}

export const samples = {
  /** A 2 as most people write it. */
  two: [[...arc(0.5, 0.34, 0.19, 0.17, 0.54, 1.08), ...lines([0.666, 0.422], [0.3, 0.8], [0.73, 0.8])]],
  /** A small 3 in the upper left corner. */
  cornerThree: [[...arc(0.17, 0.14, 0.09, 0.07, 0.55, 1.22), ...arc(0.17, 0.29, 0.11, 0.085, 0.78, 1.45)]],
  /** A 7 as it is taught in much of Europe: with a bar. */
  barredSeven: [lines([0.28, 0.2], [0.72, 0.2], [0.42, 0.82]), lines([0.36, 0.53], [0.66, 0.5])],
  /** The outline of an ankle boot, toe to the left as in Fashion-MNIST. */
  boot: [
    lines(
      [0.62, 0.2],
      [0.6, 0.45],
      [0.35, 0.58],
      [0.14, 0.66],
      [0.14, 0.76],
      [0.86, 0.76],
      [0.86, 0.2],
      [0.62, 0.2],
    ),
  ],
} satisfies Record<string, Stroke[]>;
