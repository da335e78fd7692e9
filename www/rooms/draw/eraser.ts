// Which strokes the pen's other end touches on its way.

/** A place on the pad, in units of its side. */
export interface Place {
  x: number;
  y: number;
}

/** Whether the way `from`–`to` comes nearer than `reach` to the middle of the stroke's line. */
export function touches(stroke: readonly number[], from: Place, to: Place, reach: number): boolean {
  const place = (index: number) => ({ x: stroke[index] ?? 0, y: stroke[index + 1] ?? 0 });
  let before = place(0);
  if (distance(before, from, to) <= reach) return true;
  for (let index = 3; index < stroke.length; index += 3) {
    const here = place(index);
    if (cross(before, here, from, to)) return true;
    const nearest = Math.min(
      distance(here, from, to),
      distance(from, before, here),
      distance(to, before, here),
    );
    if (nearest <= reach) return true;
    before = here;
  }
  return false;
}

/** Distance of `p` to the piece `a`–`b`. */
function distance(p: Place, a: Place, b: Place): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
  const held = Math.min(1, Math.max(0, along));
  return Math.hypot(p.x - a.x - held * dx, p.y - a.y - held * dy);
}

/** Whether the pieces `a`–`b` and `c`–`d` cross inside both. */
function cross(a: Place, b: Place, c: Place, d: Place): boolean {
  const side = (p: Place, q: Place, r: Place) =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
