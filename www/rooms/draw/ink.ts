// Paints a stroke on a canvas as the engine's raster inks it: what is seen on the pad is what is read.

/**
 * A round dot at the stroke's first point, then pieces with round ends, each as wide as the mean of its
 * ends' pressures makes it. Of the stroke's numbers the first `painted` are on the canvas already; `width` is
 * the pen's own, in the canvas's pixels, and `side` the pad's.
 */
export function ink(
  context: CanvasRenderingContext2D,
  stroke: readonly number[],
  painted: number,
  width: number,
  side: number,
) {
  const from = Math.max(0, painted - 3);
  const [x, y, pressure] = at(stroke, from);
  if (painted === 0) {
    // A line of no length leaves no mark on a canvas, a point does in the raster.
    context.beginPath();
    context.arc(x * side, y * side, (width * (0.5 + pressure)) / 2, 0, 2 * Math.PI);
    context.fill();
  }
  context.lineCap = 'round';
  let before = [x, y, pressure] as const;
  for (let next = from + 3; next < stroke.length; next += 3) {
    const here = at(stroke, next);
    context.lineWidth = width * (0.5 + (before[2] + here[2]) / 2);
    context.beginPath();
    context.moveTo(before[0] * side, before[1] * side);
    context.lineTo(here[0] * side, here[1] * side);
    context.stroke();
    before = here;
  }
}

function at(stroke: readonly number[], index: number): readonly [number, number, number] {
  return [stroke[index] ?? 0, stroke[index + 1] ?? 0, stroke[index + 2] ?? 0.5];
}
