// Same seed, same bits: one epoch of the course's run in Chromium and in Node, from the same wasm.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Engine from '../../www/engine/pkg/atelier';
import { openHouse, type House } from './support';

const root = path.resolve(import.meta.dirname, '../..');
const engineFile = (name: string) => readFileSync(path.join(root, 'www/engine/pkg', name));
const official = (kind: string) => `assets/fashion-mnist/train-${kind}-ubyte.gz`;

const hashes = JSON.parse(readFileSync(path.join(root, 'tests/fixtures/weights_hash.json'), 'utf8')) as {
  /** Of every weight after one epoch at the course's settings, seed 42; a native build ends there too. */
  course: string;
};

interface Bits {
  weightsHash: string;
  history: unknown;
  /** The first of five folds of logistic regression, three epochs: every number it reports and weighs. */
  fold: unknown;
}

/** Runs in both places, so it leans on nothing outside itself. */
function compute(engine: typeof Engine, images: Uint8Array, labels: Uint8Array): Bits {
  const read = (kind: Engine.IdxKind, bytes: Uint8Array) => {
    const reader = new engine.IdxReader(kind, kind);
    reader.feed(bytes);
    return reader;
  };
  const set = new engine.DataSet(read('images', images), read('labels', labels), [...'0123456789']);
  const trainer = new engine.Trainer(set, engine.defaultTrainingSettings());
  trainer.run(Infinity, 1);
  const settings = engine.defaultLogisticSettings();
  const fold = engine.LogisticRun.fold(
    set,
    { ...settings, classifier: { ...settings.classifier, maxIter: 3 } },
    5,
    0,
  );
  while (!fold.report().isFinished) fold.advance(1e6);
  return {
    weightsHash: trainer.weightsHash(),
    history: trainer.history(),
    fold: { epochs: fold.history(), weights: [...fold.weights(7)], intercepts: [...fold.intercepts()] },
  };
}

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

test('an epoch has the same bits in Chromium and in Node', async () => {
  const engine = (await import('../../www/engine/pkg/atelier')) as typeof Engine;
  engine.initSync({ module: engineFile('atelier_bg.wasm') });
  const bytes = (kind: string) => gunzipSync(readFileSync(path.join(root, official(kind))));
  const inNode = compute(engine, bytes('images-idx3'), bytes('labels-idx1'));

  const page = await house.visit('#/loss', {
    before: async (page) => {
      for (const name of ['atelier.js', 'atelier_bg.wasm']) {
        const contentType = name.endsWith('.js') ? 'text/javascript' : 'application/wasm';
        await page.route(`**/same-engine/${name}`, (route) =>
          route.fulfill({ contentType, body: engineFile(name) }),
        );
      }
    },
  });
  // A string, because the page's policy allows no `eval` to turn the function's text back into one.
  const inChromium = await page.evaluate<Bits>(`(async () => {
    const engine = await import(new URL('same-engine/atelier.js', document.baseURI).href);
    await engine.default();
    const fetched = async (kind) => {
      const response = await fetch('fashion-mnist/train-' + kind + '-ubyte.gz');
      const bytes = new Uint8Array(await response.arrayBuffer());
      // A host that says Content-Encoding: gzip has had it decompressed: IDX starts with 0, gzip with 1f.
      if (bytes[0] === 0) return bytes;
      const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
      return new Uint8Array(await new Response(plain).arrayBuffer());
    };
    const compute = ${compute.toString()};
    return compute(engine, await fetched('images-idx3'), await fetched('labels-idx1'));
  })()`);

  expect(inChromium).toEqual(inNode);
  expect(inNode.weightsHash).toBe(hashes.course);
});
