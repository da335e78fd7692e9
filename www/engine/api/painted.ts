// Lists of images with their pictures: one call for all of them.
import type { DataSet, Palette } from '../pkg/atelier';

/** Each of a list with the picture of its image. */
export function painted<Item extends { index: number }>(
  set: DataSet,
  list: Item[],
  palette: Palette,
): (Item & { pixels: ImageData | null })[] {
  const pictures = set.pictures(
    Uint32Array.from(list, ({ index }) => index),
    palette,
  );
  return list.map((item, at) => ({ ...item, pixels: pictures[at] ?? null }));
}
