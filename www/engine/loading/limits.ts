/** The most images, and labels, that the engine takes from a file: as many as the official training sets have. */
export const MOST_IMAGES = 60_000;
