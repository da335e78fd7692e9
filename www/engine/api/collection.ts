// A visitor's own drawings: strokes to 784 bytes, their variations, and what they become.
import {
  CollectedDrawing,
  collectionPlan,
  inkPictures,
  variations,
  type CollectionPlan,
  type Palette,
  type Refusal,
} from '../pkg/atelier';

export type { CollectionPlan, Refusal };

/** Strokes as 784 bytes, or why they are no drawing. */
export function prepare(
  points: Float32Array,
  lengths: Uint32Array,
): { pixels: Uint8Array<ArrayBuffer>; refusal: Refusal | null } {
  const drawing = new CollectedDrawing(points, lengths);
  const prepared = {
    pixels: drawing.pixels as Uint8Array<ArrayBuffer>,
    refusal: (drawing.refusal as Refusal | undefined) ?? null,
  };
  drawing.free();
  return prepared;
}

/** Pictures of images of 784 bytes each. */
export function pictures(pixels: Uint8Array, palette: Palette): ImageData[] {
  return inkPictures(pixels, palette);
}

/** A drawing and its variations, as they are trained on. */
export function varied(pixels: Uint8Array, palette: Palette): ImageData[] {
  return inkPictures(variations(pixels), palette);
}

export function plan(labels: Uint8Array, numClasses: number): CollectionPlan {
  return collectionPlan(labels, numClasses);
}
