// The One-step room as a visitor uses it; every number compared with sums done again from the saved weights.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meanGradients, networkAfter, sumsOf, updated, type Saved, type Sums } from './one-step-sums';
import {
  dataReady,
  expectAccessible,
  expectNoSidewaysScroll,
  longestTask,
  openHouse,
  type House,
} from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(house.complaints).toEqual([]);
  await house.close();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const table = (page: Page) => page.getByRole('table', { name: 'Forward and backward' });
const check = (page: Page) => page.getByRole('status', { name: 'Gradient check' });

async function open(address: string, options = {}): Promise<Page> {
  const page = await house.visit(`#/one-step?${address}`, options);
  await dataReady(page);
  await table(page).waitFor();
  return page;
}

/** A number as the room writes it, with half a unit of its last digit. */
function read(text: string | null): { value: number; half: number } {
  const plain = (text ?? '').replaceAll('−', '-').replaceAll(',', '').trim();
  const found = /^\+?(-?\d+(?:\.(\d+))?)(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(%)?$/.exec(plain);
  if (!found) throw new Error(`not a number: “${text}”`);
  const [, mantissa = '', decimals = '', power = '', percent] = found;
  const exponent = Number(
    [...power].map((sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('') || '0',
  );
  const unit = 10 ** exponent / (percent ? 100 : 1);
  return { value: Number(mantissa) * unit, half: 0.5 * 10 ** -decimals.length * unit };
}

let compared = 0;
/** What is written is the value, rounded to the digits written (and no more than f64 rounding off). */
function expectWritten(text: string | null, value: number, what: string) {
  const { value: written, half } = read(text);
  compared++;
  const off = Math.abs(written - value);
  expect(off, `${what}: written ${text}, by our own sums ${value}`).toBeLessThanOrEqual(
    half * 1.0001 + 1e-9 * Math.abs(value),
  );
}

async function saved(page: Page): Promise<Saved> {
  const download = page.waitForEvent('download');
  await button(page, 'Save this step’s numbers').click();
  return JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Saved;
}

/** Cells of the table by their column's caption, for each class. */
async function columns(page: Page): Promise<Record<string, string>[]> {
  return table(page).evaluate((element) => {
    const captions = [...element.querySelectorAll('thead th')].map(
      (head) => head.querySelector('small')?.textContent ?? 'class',
    );
    return [...element.querySelectorAll('tbody tr')].map((row) =>
      Object.fromEntries(
        [...row.children].map((cell, at) => [captions[at] ?? '', (cell as HTMLElement).innerText.trim()]),
      ),
    );
  });
}

/** The Pixel region as a map from each line's name to its value; repeated names get a number. */
async function pixelLines(page: Page): Promise<Record<string, string>> {
  return page.getByRole('region', { name: 'Pixel' }).evaluate((element) => {
    const lines: Record<string, string> = {};
    for (const dt of element.querySelectorAll('dt')) {
      const name = (dt.textContent ?? '').trim();
      const dd = dt.nextElementSibling as HTMLElement;
      const key = name in lines ? `${name} 2` : name;
      lines[key] = (dd.firstChild?.textContent ?? '').trim() || dd.innerText;
      const verdict = dd.querySelector('em');
      if (verdict) lines[`${key} verdict`] = verdict.innerText;
    }
    return lines;
  });
}

async function compareTable(page: Page, step: Saved, sums: Sums, label: number) {
  const last = step.weights.length - 1;
  const rows = await columns(page);
  const z = sums.z[last] ?? [];
  const largest = Math.max(...z);
  rows.forEach((row, k) => {
    expectWritten(row.logit ?? '', z[k] ?? NaN, `logit ${k}`);
    if (row.exp !== undefined) expectWritten(row.exp, Math.exp((z[k] ?? NaN) - largest), `exp ${k}`);
    expectWritten(row.probability ?? '', sums.a[last]?.[k] ?? NaN, `probability ${k}`);
    expect(row.target).toBe(k === label ? '1' : '0');
    if (row.loss !== undefined) expectWritten(row.loss, sums.losses[k] ?? NaN, `loss ${k}`);
    expectWritten(row.blame ?? '', sums.delta[last]?.[k] ?? NaN, `blame ${k}`);
  });
}

/** The chosen weight's lines, where its unit is `unit` of the first layer and its input a pixel. */
async function comparePixel(page: Page, step: Saved, sums: Sums, image: number, pixel: number, unit: number) {
  const lines = await pixelLines(page);
  const units = step.shape.widths[1] ?? 0;
  const at = pixel * units + unit;
  const w = step.weights[0]?.[at] ?? NaN;
  const x = step.inputs[image * 784 + pixel] ?? NaN;
  const delta = sums.delta[0]?.[unit] ?? NaN;
  const g = meanGradients(step).weights[0]?.[at] ?? NaN;
  const state = Object.fromEntries(Object.entries(step.state).map(([name, s]) => [name, s[0]?.[at] ?? NaN]));
  const after = updated(step, w, g, state);
  expectWritten(lines.x ?? '', x, 'x');
  expectWritten(lines.w ?? '', w, 'w');
  expectWritten(lines['x·w'] ?? '', x * w, 'x·w');
  expectWritten(lines['δ'] ?? '', delta, 'δ');
  expectWritten(lines['∂L/∂w = x·δ'] ?? '', x * delta, 'gradient');
  expectWritten(lines['∂L/∂w, batch mean'] ?? '', g, 'mean gradient');
  expectWritten(lines['Δw'] ?? '', after.w - w, 'step');
  expectWritten(lines['w after'] ?? '', after.w, 'w after');
  for (const [name, value] of Object.entries(after.state)) {
    const [before = '', then = ''] = (lines[`state ${name}`] ?? '').split(' → ');
    expectWritten(before, state[name] ?? NaN, `${name} before`);
    expectWritten(then, value, `${name} after`);
  }
  // The room's central differences against our own analytic gradients, wherever it says that they agree.
  for (const [name, own] of [
    ['(L(w+h) − L(w−h)) / 2h', x * delta],
    ['(L(w+h) − L(w−h)) / 2h 2', g],
  ] as const) {
    const verdict = lines[`${name} verdict`] ?? '';
    if (verdict.includes('agrees')) expectWritten(lines[name] ?? '', own, name);
    else expect(verdict).toContain('too small to tell');
  }
}

async function compareAfter(page: Page, step: Saved, image: number) {
  const rows = await page
    .getByRole('table', { name: 'After the update' })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')));
  const { weights, bias } = networkAfter(step);
  const mean = (losses: number[]) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const before = step.labels.map((_, b) => sumsOf(step, b));
  const after = step.labels.map((_, b) => sumsOf(step, b, weights, bias));
  const label = step.labels[image] ?? 0;
  const last = weights.length - 1;
  const [own, truth] = rows;
  const batch = rows.at(-1);
  expectWritten(own?.[1] ?? '', before[image]?.loss ?? NaN, 'image loss before');
  expectWritten(own?.[2] ?? '', after[image]?.loss ?? NaN, 'image loss after');
  expectWritten(truth?.[1] ?? '', before[image]?.a[last]?.[label] ?? NaN, 'probability before');
  expectWritten(truth?.[2] ?? '', after[image]?.a[last]?.[label] ?? NaN, 'probability after');
  expectWritten(batch?.[1] ?? '', mean(before.map((each) => each.loss)), 'batch loss before');
  expectWritten(batch?.[2] ?? '', mean(after.map((each) => each.loss)), 'batch loss after');
}

async function chosenWeight(page: Page): Promise<{ pixel: number; unit: number }> {
  const where = (await page.getByRole('region', { name: 'Pixel' }).locator('p').first().innerText()).trim();
  const found = /row (\d+), column (\d+), weight to (?:unit (\d+)|([\w-]+))/.exec(where);
  if (!found) throw new Error(where);
  const names = await table(page).locator('tbody th').allInnerTexts();
  const unit = found[3] ? Number(found[3]) - 1 : names.findIndex((name) => name.trim() === found[4]);
  return { pixel: (Number(found[1]) - 1) * 28 + Number(found[2]) - 1, unit };
}

async function choosePixel(page: Page, pixel: number) {
  const pad = page.getByRole('application', { name: /^Pixels of the image/ });
  const box = (await pad.boundingBox())!;
  const at = (cell: number, size: number) => ((cell + 0.5) / 28) * size;
  const position = { x: at(pixel % 28, box.width), y: at(Math.floor(pixel / 28), box.height) };
  await pad.click({ position });
  await expect.poll(async () => (await chosenWeight(page)).pixel).toBe(pixel);
}

/** Waits until the Pixel region is of what was chosen last: no call is under way. */
async function settled(page: Page, lines = '') {
  await expect.poll(async () => JSON.stringify(await pixelLines(page))).not.toBe(lines);
}

describe('One step', () => {
  for (const network of ['softmax', 'sigmoid', 'logistic']) {
    test(`${network}: every number is what the saved weights make of the images`, async () => {
      compared = 0;
      const page = await open(`network=${network}&station=check`);
      await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain('✓');
      for (const [image, steps] of [
        [0, 0],
        [4, 3],
      ] as const) {
        for (let i = 0; i < steps; i++) {
          await button(page, '+1 batch').click();
          await page.getByText(`step ${i + 2} ·`).waitFor();
        }
        await page.getByRole('button', { name: new RegExp(`^Image ${image + 1}: `) }).click();
        await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain('✓');
        const step = await saved(page);
        expect(step.shape.stepsBefore).toBe(steps);
        const sums = sumsOf(step, image);
        await compareTable(page, step, sums, step.labels[image] ?? 0);
        const { unit } = await chosenWeight(page);
        // A pixel with ink, one without, one in between.
        const x = step.inputs.slice(image * 784, (image + 1) * 784);
        const most = x.indexOf(Math.max(...x));
        const some = x.findIndex((value) => value > 0.2 && value < 0.8);
        for (const pixel of [most, some, 0]) {
          const before = JSON.stringify(await pixelLines(page));
          const moved = (await chosenWeight(page)).pixel !== pixel;
          await choosePixel(page, pixel);
          if (moved) await settled(page, before);
          await comparePixel(page, step, sums, image, pixel, unit);
        }
        await compareAfter(page, step, image);
      }
      console.log(`${network}: ${compared} written numbers compared`);
      await page.context().close();
    });
  }

  test('the hidden layers’ own numbers are those of the sums', async () => {
    const page = await open('network=sigmoid&station=check');
    await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain('✓');
    const step = await saved(page);
    const sums = sumsOf(step, 0);
    for (const layer of [0, 1]) {
      const region = page.getByRole('region', { name: `Layer ${layer + 1}`, exact: true });
      const pad = region.getByRole('application');
      await pad.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => region.locator('h2 small').innerText()).toMatch(/unit \d+/);
      await expect.poll(() => region.locator('canvas').count()).toBe(5);
      const unit = Number(/unit (\d+)/.exec(await region.locator('h2 small').innerText())?.[1]) - 1;
      const values = await region.locator('dd').allInnerTexts();
      const a = sums.a[layer]?.[unit] ?? NaN;
      expectWritten(values[0] ?? '', sums.z[layer]?.[unit] ?? NaN, 'z');
      expectWritten(values[1] ?? '', a, 'a');
      expectWritten(values[2] ?? '', a * (1 - a), 'slope');
      expectWritten(values[3] ?? '', sums.down[layer]?.[unit] ?? NaN, 'down');
      expectWritten(values[4] ?? '', sums.delta[layer]?.[unit] ?? NaN, 'delta');
    }
    await page.context().close();
  });

  test('planted mistakes turn the check red and never reach the network', async () => {
    const page = await open('network=relu&station=check');
    await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain('✓');
    await button(page, '+1 batch').click();
    await page.getByText('step 2 ·').waitFor();
    const bench = page.getByRole('region', { name: 'Bug bench' });
    const hash = await bench.getByText(/weights of the run/).innerText();
    for (const [bug, gradient, rule] of [
      ['Forget to zero the gradients', '✗', '✓'],
      ['p instead of p − y', '✗', '✓'],
      ['Forget the mean over the batch', '✗', '✓'],
      ['Mix up a transpose', '✗', '✓'],
      ['Multiply Adam’s bias correction', '✓', '✗'],
      ['Update with the wrong sign', '✓', '✗'],
      ['No mistake', '✓', '✓'],
    ] as const) {
      await bench.getByRole('radio', { name: bug }).check();
      await expect.poll(() => check(page).innerText(), { message: bug, timeout: 30_000 }).toContain(gradient);
      await page.getByText(new RegExp(`^${rule} The step is`)).waitFor();
      expect(await bench.getByText(/weights of the run/).innerText()).toBe(hash);
    }
    await page.context().close();
  });

  test('without the maximum softmax breaks on bytes', async () => {
    const page = await open('network=softmax');
    await button(page, 'Break softmax by leaving out its maximum').click();
    await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain('✗');
    expect(await table(page).innerText()).toContain('NaN');
    await page.context().close();
  });

  test('a step is taken back to the exact bits', async () => {
    const page = await open('network=softmax');
    const ladder = page.getByRole('region', { name: /ladder/ });
    await button(page, '+1 batch').click();
    const moved = /weights (\w+) → (\w+)/;
    await expect.poll(() => ladder.getByRole('status').innerText()).toMatch(moved);
    const [, before, after] = moved.exec(await ladder.getByRole('status').innerText()) ?? [];
    expect(before).not.toBe(after);
    await button(page, 'Back one step').click();
    await expect
      .poll(() => ladder.getByRole('status').innerText())
      .toBe(
        `Back from ${after} to ${before}. The same step taken again leads to ${after}: undone to the exact bits.`,
      );
    await button(page, '+1 epoch').click();
    await page.getByText('epoch 2, batch 1 of').waitFor({ timeout: 60_000 });
    await page.context().close();
  });

  test('works on the Train room’s network as it is now', async () => {
    const page = await house.visit('#/train');
    await dataReady(page);
    await button(page, '+1 batch').click();
    await button(page, '+1 batch').click();
    await expect
      .poll(() => page.getByRole('progressbar', { name: 'Epoch' }).getAttribute('aria-valuetext'))
      .toContain('batch 2 of');
    await page.getByRole('link', { name: 'One step' }).click();
    await page.getByText('step 3 ·').waitFor();
    await button(page, '+1 batch').click();
    await page.getByText('step 4 ·').waitFor();
    await page.getByRole('link', { name: 'Train' }).click();
    await expect
      .poll(() => page.getByRole('progressbar', { name: 'Epoch' }).getAttribute('aria-valuetext'))
      .toContain('batch 3 of');
    await page.context().close();
  });

  test('a weight changed by hand shows everywhere and is put back', async () => {
    const page = await open('network=softmax&station=check');
    await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain('✓');
    const before = await columns(page);
    const field = page.getByRole('textbox', { name: 'Weight on the copy' });
    await field.fill('3');
    await button(page, 'Set').click();
    await page.getByText(/1 changed by hand/).waitFor();
    await expect.poll(() => check(page).innerText(), { timeout: 60_000 }).toContain('✓');
    const edited = await columns(page);
    const { unit } = await chosenWeight(page);
    expect(read(edited[unit]?.logit ?? '').value).toBeGreaterThan(read(before[unit]?.logit ?? '').value);
    for (const column of ['probability', 'blame'])
      expect(edited.map((row) => row[column])).not.toEqual(before.map((row) => row[column]));
    await button(page, 'Put it back').click();
    await expect
      .poll(async () => (await columns(page)).map((row) => row.logit))
      .toEqual(before.map((row) => row.logit));
    await page.context().close();
  });

  test('the stations go by keys, clicks and by themselves, and paint within a frame', async () => {
    const page = await open('network=relu');
    const here = () => page.getByRole('list', { name: 'Stations' }).locator('[aria-current]').innerText();
    await page.keyboard.press('ArrowRight');
    expect(await here()).toContain('Layer 1');
    await page.keyboard.press('ArrowLeft');
    expect(await here()).toContain('Pick');
    await button(page, 'Play through').click();
    await expect.poll(here, { timeout: 10_000 }).toContain('Weigh');
    await button(page, 'Stop').click();
    await page.getByRole('list', { name: 'Stations' }).getByRole('button', { name: /Pick/ }).click();

    // Every station once, 120 ms apart; the page's own work for each, its painting included.
    await house.browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    const times = await page.evaluate(async () => {
      const next = [...document.querySelectorAll('button')].find((each) => /^Next\b/.test(each.innerText))!;
      const times: number[] = [];
      while (!next.disabled) {
        await new Promise((resolve) => setTimeout(resolve, 120));
        const start = performance.now();
        next.click();
        await Promise.resolve();
        // Forces style and layout, the rest of the work before painting.
        void document.body.offsetHeight;
        times.push(performance.now() - start);
      }
      return times;
    });
    const busiest = longestTask(await house.browser.stopTracing());
    console.log(
      `stations, click to layout by the clock: ${times.map((time) => time.toFixed(1)).join(', ')} ms; ` +
        `longest task ${busiest.toFixed(1)} ms of the page's own time`,
    );
    expect(times).toHaveLength(9);
    // One frame, of the page's own time: what else the machine does meanwhile is not the page's.
    expect(busiest).toBeGreaterThan(0);
    expect(busiest).toBeLessThan(1000 / 60);
    await page.context().close();
  });

  test('pixels are reached by the arrow keys', async () => {
    const page = await open('network=softmax');
    const pad: Locator = page.getByRole('application', { name: /^Pixels of the image/ });
    await pad.focus();
    const { pixel } = await chosenWeight(page);
    await page.keyboard.press('ArrowUp');
    await expect.poll(async () => (await chosenWeight(page)).pixel).toBe(pixel - 28);
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await chosenWeight(page)).pixel).toBe(pixel - 27);
    await page.context().close();
  });

  test('is accessible and fits at every width, in both languages', async () => {
    for (const [lang, width, network] of [
      ['en', 1440, 'sigmoid'],
      ['ko', 820, 'softmax'],
      ['en', 390, 'relu'],
      ['ko', 390, 'logistic'],
    ] as const) {
      const page = await house.visit(`#/one-step?network=${network}&station=check`, {
        lang,
        viewport: { width, height: 900 },
        colorScheme: width === 820 ? 'dark' : 'light',
      });
      await dataReady(page);
      await page
        .getByRole('status', { name: lang === 'en' ? 'Gradient check' : '기울기 확인' })
        .filter({ hasText: '✓' })
        .waitFor({ timeout: 60_000 });
      await expectNoSidewaysScroll(page);
      await expectAccessible(page, `${lang} ${width} ${network}`);
      await page.context().close();
    }
  });
});
