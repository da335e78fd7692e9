// The same seed gives the same weights, to the last bit, in Chromium and in Node: the same engine
// file trains for an epoch in both, and the hashes of the weights are the committed ones. A native build and the
// engine's own tests in a browser reach the same ones (`tests/same_bits.rs`).
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';

const engine = path.resolve(import.meta.dirname, '../../www/engine/pkg');
const fixture = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../fixtures/weights_hash.json'), 'utf8'),
) as { networks: Record<string, string> };
const committed = fixture.networks;

// Runs in both places as text: 2,010 images from a small whole-number generator, four networks
// that between them use every product, exponential, root and division of the engine, and a batch of several blocks.
const trainAll = `(pkg) => {
  const count = 2010;
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  const file = (magic, dimensions, items) => {
    const bytes = new Uint8Array(4 + 4 * dimensions.length + items.length);
    const view = new DataView(bytes.buffer);
    [magic, ...dimensions].forEach((number, place) => view.setUint32(4 * place, number));
    bytes.set(items, 4 + 4 * dimensions.length);
    return bytes;
  };
  const labels = Uint8Array.from({ length: count }, () => next() % 10);
  const pixels = Uint8Array.from({ length: count * 784 }, (_, place) =>
    Math.floor((place % 784) / 79) === labels[Math.floor(place / 784)] ? 128 + (next() >> 1) : next() >> 1);
  const images = new pkg.IdxReader('images', 'images');
  images.feed(file(2051, [count, 28, 28], pixels));
  const classes = new pkg.IdxReader('labels', 'labels');
  classes.feed(file(2049, [count], labels));
  const set = new pkg.DataSet(images, classes, [...'0123456789']);
  const networks = {
    'softmax-rmsprop': {},
    'relu-adam': {
      hidden: [{ units: 128, activation: 'relu' }], batchSize: 128, pixels: 'standardized', initializer: { kind: 'he-normal' },
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    },
    'sigmoid-tanh-nesterov': {
      hidden: [{ units: 50, activation: 'sigmoid' }, { units: 17, activation: 'tanh' }], output: 'sigmoid',
      loss: 'binary-cross-entropy', optimizer: { kind: 'nesterov', momentum: 0.9 }, learningRate: 0.1, l2: 1e-4,
    },
    'large-batch-adamw': {
      hidden: [{ units: 30, activation: 'tanh' }], batchSize: 600, initializer: { kind: 'normal', deviation: 0.05 },
      optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
    },
  };
  const hashes = {};
  for (const [name, settings] of Object.entries(networks)) {
    const trainer = new pkg.Trainer(set, { ...settings, epochs: 1 });
    trainer.run(1e9);
    hashes[name] = trainer.weightsHash();
  }
  return hashes;
}`;

test('an epoch in Node ends in the committed weights', async () => {
  const pkg = (await import(/* @vite-ignore */ pathToFileURL(path.join(engine, 'atelier.js')).href)) as {
    initSync(source: { module: Uint8Array }): void;
  };
  pkg.initSync({ module: readFileSync(path.join(engine, 'atelier_bg.wasm')) });
  const train = new Function(`return ${trainAll}`)() as (engine: unknown) => unknown;
  expect(train(pkg)).toEqual(committed);
});

test('an epoch in Chromium ends in the committed weights', async () => {
  const server = await serve(engine, 0);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/atelier.js`);
    const hashes = await page.evaluate(`(async () => {
      const pkg = await import('/atelier.js');
      await pkg.default();
      return (${trainAll})(pkg);
    })()`);
    expect(hashes).toEqual(committed);
  } finally {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
