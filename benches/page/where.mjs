// Where the time of a training step goes: the browser's own profiler over the engine with the names of its
// functions left in. The code is that of the page; only the names are added.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { peak } from './peak.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** What a function's own time counts as, the first that fits. */
const kinds = [
  ['matrix products', /nn::product|Dense<R>::|Network<R>::(forward|backward)_layer/],
  ['pixels to inputs', /Inputs<R>::|gather_batch/],
  ['optimizer', /Optimizer<R>::update/],
  [
    'softmax and loss',
    /expf|logf|log1pf|Forward<R>::|backward_logits|Trainer<R>::advance|overflow|Activation/,
  ],
  ['memory', /alloc|clone|memcpy|memset|garbage/],
];

/** Builds the engine with names and returns its bytes. */
function namedEngine() {
  const output = path.join(root, '.make/named');
  const names = ['--out-dir', output, '--out-name', 'atelier', '--no-pack', '--no-typescript'];
  execFileSync('wasm-pack', ['build', '--target', 'web', '--profiling', ...names, '.', '--', '--locked'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
    },
  });
  return readFileSync(path.join(output, 'atelier_bg.wasm'));
}

/** Seconds of `work` by kind, those of no kind under `the rest`. */
async function profiled(page, work) {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  await work();
  const { profile } = await session.send('Profiler.stop');
  const nameOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const seconds = new Map(kinds.map(([kind]) => [kind, 0]));
  profile.samples.forEach((id, index) => {
    const name = nameOf.get(id);
    if (name === '(idle)' || name === '(program)') return;
    const kind = kinds.find(([, names]) => names.test(name))?.[0] ?? 'the rest';
    seconds.set(kind, (seconds.get(kind) ?? 0) + profile.timeDeltas[index] / 1e6);
  });
  return seconds;
}

/** A table of shares by job, with the speed of the products alone and how far that is from the ceiling ({@link peak}). */
export async function whereTimeGoes(browser, address, jobs) {
  const engine = namedEngine();
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.route('**/*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: engine }));
  await page.goto(address);
  await page.waitForFunction(() => 'bench' in window);
  const ceiling = await peak(page);
  const rows = [];
  for (const { job, name, images, flops } of jobs) {
    // The first round makes the run and warms the compiler up.
    await page.evaluate((given) => window.bench.atelierImages(...given), [job, images / 4]);
    const seconds = await profiled(page, () =>
      page.evaluate((given) => window.bench.atelierImages(...given), [job, images]),
    );
    const whole = [...seconds.values()].reduce((sum, one) => sum + one, 0);
    const shares = [...seconds].map(([kind, one]) => [kind, `${((100 * one) / whole).toFixed(0)} %`]);
    const speed = (flops * images) / seconds.get('matrix products') / 1e9;
    rows.push({
      job: name,
      ...Object.fromEntries(shares),
      'products, GFLOP/s': speed.toFixed(1),
      [`of the ceiling, ${ceiling.toFixed(1)}`]: `${((100 * speed) / ceiling).toFixed(0)} %`,
    });
  }
  await page.close();
  return rows;
}
