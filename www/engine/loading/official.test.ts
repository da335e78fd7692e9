import { readdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BYTES, OFFICIAL } from './official';

test('what a data set weighs is what its files weigh', () => {
  for (const name of OFFICIAL) {
    const folder = new URL(`../../../assets/${name}/`, import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.gz'));
    const bytes = files.map((file) => statSync(new URL(file, folder)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBe(BYTES[name]);
  }
});
