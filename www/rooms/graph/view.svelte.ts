// Which part of a drawing is seen, and how large: moved by hand, wheel and keys.
import type { Box, Point } from '../../engine/layout/types';

const LARGEST = 2.5;

export class View {
  x = $state(0);
  y = $state(0);
  scale = $state(1);
  private pointers = new Map<number, Point>();
  private start: { middle: Point; spread: number; x: number; y: number; scale: number } | null = null;
  /** True once a hand has moved it, so that a resize does not undo that. */
  isMoved = $state(false);
  /** True while a drag goes on that is more than a tap. */
  dragged = false;

  /** The whole drawing, in the middle; a very long one from its start, at a size that can be read. */
  fit(drawing: Box, window: Box, margin: number, smallest = 0) {
    const wish = Math.min(
      (window.width - 2 * margin) / Math.max(1, drawing.width),
      (window.height - 2 * margin) / Math.max(1, drawing.height),
      1.15,
    );
    this.scale = Math.max(wish, smallest, 0.002);
    const place = (space: number, size: number) =>
      Math.max((space - size * this.scale) / 2, size * this.scale > space ? margin : 0);
    this.x = place(window.width, drawing.width);
    this.y = place(window.height, drawing.height);
    this.isMoved = false;
  }

  /** Zooms about a point of the window. */
  zoom(factor: number, at: Point) {
    const scale = Math.min(LARGEST, Math.max(0.002, this.scale * factor));
    this.x = at.x - ((at.x - this.x) * scale) / this.scale;
    this.y = at.y - ((at.y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.isMoved = true;
  }

  move(x: number, y: number) {
    this.x += x;
    this.y += y;
    this.isMoved = true;
  }

  /** Moves no further than needed for a point of the drawing to be seen. */
  reveal(point: Point, window: Box) {
    const away = (at: number, space: number) => {
      const edge = Math.min(90, space / 4);
      return at < edge ? edge - at : at > space - edge ? space - edge - at : 0;
    };
    this.x += away(point.x * this.scale + this.x, window.width);
    this.y += away(point.y * this.scale + this.y, window.height);
  }

  press(id: number, at: Point) {
    this.pointers.set(id, at);
    this.begin();
    if (this.pointers.size === 1) this.dragged = false;
  }

  drag(id: number, at: Point) {
    if (!this.pointers.has(id) || !this.start) return;
    this.pointers.set(id, at);
    const { middle, spread } = this.gather();
    const from = this.start;
    if (Math.hypot(middle.x - from.middle.x, middle.y - from.middle.y) > 4) this.dragged = true;
    if (!this.dragged && this.pointers.size === 1) return;
    const growth = from.spread > 0 ? spread / from.spread : 1;
    this.scale = Math.min(LARGEST, Math.max(0.002, from.scale * growth));
    this.x = middle.x - ((from.middle.x - from.x) * this.scale) / from.scale;
    this.y = middle.y - ((from.middle.y - from.y) * this.scale) / from.scale;
    this.isMoved = true;
  }

  release(id: number) {
    this.pointers.delete(id);
    this.begin();
  }

  private begin() {
    this.start =
      this.pointers.size === 0 ? null : { ...this.gather(), x: this.x, y: this.y, scale: this.scale };
  }

  private gather(): { middle: Point; spread: number } {
    const points = [...this.pointers.values()];
    const middle = {
      x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
      y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
    };
    const [a, b] = points;
    return { middle, spread: a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0 };
  }
}
