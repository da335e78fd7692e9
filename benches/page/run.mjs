// The page's bench: our engine and TensorFlow.js on the same jobs, one after the
// other in one run of one headless Chromium, each in one thread. Medians, and the ratio.
import path from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { serve } from '../../scripts/serve.mjs';
import { whereTimeGoes } from './where.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const IMAGES = 48_000;
/** Multiply–adds of an image, those with 0 included: forward, and the gradients of weights and of hidden activations. */
const flops = {
  softmax: 2 * (2 * 784 * 10),
  sgd: 2 * (2 * (784 * 128 + 128 * 10) + 128 * 10),
  adam: 2 * (2 * (784 * 128 + 128 * 10) + 128 * 10),
};
const names = {
  softmax: 'softmax layer, RMSprop, batch 32',
  sgd: '784-128(ReLU)-10, SGD 0.1, batch 32',
  adam: '784-128(ReLU)-10, Adam, batch 128',
};

await build({ configFile: path.join(import.meta.dirname, 'vite.config.ts') });
const server = await serve(path.join(root, '.make/bench'), 0);
const pageServer = await serve(path.join(root, 'dist'), 0);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

/** Calls a bench function in a fresh page, so that no job inherits another's heap. */
async function call(name, ...given) {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => 'bench' in window);
  const result = await page.evaluate(([name, given]) => window.bench[name](...given), [name, given]);
  await page.close();
  return result;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = (value) => `${value.toFixed(value < 1 ? 3 : 2)} s`;
const rows = [];
let wholeEpoch = 0;

for (const job of Object.keys(names)) {
  // The first epoch warms the compiler up.
  const ours = (await call('atelierEpochs', job, 6)).slice(1);
  const theirs = (await call('tensorflowEpochs', 'wasm', job, 3, IMAGES)).slice(1);
  const epoch = median(ours.map(({ training }) => training));
  if (job === 'softmax') wholeEpoch = median(ours.map(({ whole }) => whole));
  rows.push({
    job: names[job],
    'Atelier, an epoch': seconds(epoch),
    'images/s': Math.round(IMAGES / epoch).toLocaleString('en'),
    'GFLOP/s': ((flops[job] * IMAGES) / epoch / 1e9).toFixed(1),
    'TensorFlow.js wasm': seconds(median(theirs)),
    ratio: `${(median(theirs) / epoch).toFixed(1)} ×`,
  });
}
console.table(rows);
console.table(
  await whereTimeGoes(
    browser,
    `http://127.0.0.1:${server.address().port}/`,
    Object.keys(names).map((job) => ({ job, name: names[job], images: IMAGES, flops: flops[job] })),
  ),
);

// Four fifths of MNIST's pixels are 0, where half of Fashion-MNIST's are.
for (const job of Object.keys(names)) {
  const epochs = (await call('atelierEpochs', job, 6, 'mnist')).slice(1).map(({ training }) => training);
  console.log(`${names[job]}, MNIST: ${seconds(median(epochs))}`);
}

// A tenth of the images: the plain JavaScript backend is too slow for all of them.
const [cpu] = await call('tensorflowEpochs', 'cpu', 'softmax', 1, IMAGES / 10);
console.log(`TensorFlow.js cpu, softmax layer: ${seconds(cpu)} for 4,800 images, a tenth of an epoch`);

// Neither always-black pixels nor a network that has become sure may slow a late epoch down.
for (const [job, last] of [
  ['softmax', 40],
  ['adam', 20],
]) {
  const epochs = (await call('atelierEpochs', job, last)).map(({ training }) => training);
  // Five epochs each: a single one is at the mercy of whatever else the machine does.
  const [early, late] = [epochs.slice(1, 6), epochs.slice(-5)];
  console.log(
    `${names[job]}: epochs 2 to 6 ${seconds(median(early))}, ${last - 4} to ${last} ${seconds(median(late))}`,
  );
}
console.log(`one image, 784-128-10 to its class: ${(await call('atelierImage')).toFixed(1)} µs`);
console.log(`logistic regression, max_iter 10, 48,000 images: ${seconds(await call('atelierLogistic', 10))}`);
for (const numWorkers of [1, 2]) {
  const { mean, folds, milliseconds } = await call('atelierFolds', numWorkers);
  const each = folds.map(({ accuracy }) => accuracy.toFixed(4)).join(' ');
  console.log(
    `5-fold of the same on 60,000, ${numWorkers} worker(s): ${seconds(milliseconds / 1000)}, ` +
      `mean ${mean.toFixed(4)}, folds ${each}`,
  );
}
const whole = await shown();
console.log(
  `softmax layer, an epoch with its validation: ${seconds(wholeEpoch)} alone, ${seconds(whole)} in the page while it shows it ` +
    `(${(whole / wholeEpoch).toFixed(2)} ×)`,
);

await browser.close();
server.close();
pageServer.close();

/**
 * The Train room's own figure, validation and pictures included: the mean of thirty epochs but the first, which
 * warms the compiler up. It is written in hundredths, which the mean evens out.
 */
async function shown() {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${pageServer.address().port}/?lang=en#/train?epochs=30`);
  await page.getByRole('button', { name: 'Play', exact: true }).click({ timeout: 60_000 });
  const rows = page.getByRole('table', { name: 'History' }).locator('tbody tr');
  await rows.nth(29).waitFor({ timeout: 120_000 });
  const times = await rows.evaluateAll((all) =>
    all.map((row) => parseFloat(row.lastElementChild.textContent)),
  );
  await page.close();
  return times.slice(1).reduce((sum, one) => sum + one, 0) / 29;
}
