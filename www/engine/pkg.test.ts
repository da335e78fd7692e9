// Each type of the engine crosses under a name of its own: of two with one name TypeScript would silently see one.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('no two types of the engine share a name', () => {
  const types = readFileSync(new URL('./pkg/atelier.d.ts', import.meta.url), 'utf8');
  const names = [...types.matchAll(/^export (?:type|interface|class|enum) (\w+)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
