// The One-step room's numbers, each compared with sums done again from the saved weights.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  button,
  checked,
  chosenWeight,
  choosePixel,
  compareAfter,
  comparePixel,
  compareTable,
  expectWritten,
  formulas,
  goTo,
  openStep,
  pixelLines,
  read,
  saved,
  settled,
  tally,
} from './one-step-reading';
import { meanGradients, networkAfter, sumsOf } from './one-step-sums';
import { openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(house.complaints).toEqual([]);
  await house.close();
});

describe('One step, its numbers', () => {
  for (const network of ['softmax', 'sigmoid', 'logistic']) {
    test(`${network}: every number is what the saved weights make of the images`, async () => {
      tally.compared = 0;
      const page = await openStep(house, `network=${network}&station=check`);
      await checked(page);
      for (const [image, steps] of [
        [0, 0],
        [4, 3],
      ] as const) {
        for (let i = 0; i < steps; i++) {
          await button(page, '+1 batch').click();
          await page.getByText(`step ${i + 2} ·`).waitFor();
        }
        await page.getByRole('button', { name: new RegExp(`^Image ${image + 1}: `) }).click();
        await checked(page);
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
      console.log(`${network}: ${tally.compared} written numbers compared`);
      await page.context().close();
    });
  }

  for (const network of ['softmax', 'logistic']) {
    test(`${network}: the formulas of every station have the same numbers in them`, async () => {
      const page = await openStep(house, `network=${network}&image=3`);
      const step = await saved(page);
      const [image, softmax] = [2, network === 'softmax'];
      const sums = sumsOf(step, image);
      const { pixel, unit } = await chosenWeight(page);
      const label = step.labels[image] ?? 0;
      expect(unit, 'the truth’s own unit is chosen at first').toBe(label);
      const z = sums.z[0] ?? [];
      const p = sums.a[0] ?? [];
      const own = { z: z[unit] ?? NaN, p: p[unit] ?? NaN, delta: sums.delta[0]?.[unit] ?? NaN };
      const bias = step.bias[0]?.[unit] ?? NaN;
      const at = pixel * 10 + unit;
      const x = step.inputs[image * 784 + pixel] ?? NaN;
      const g = meanGradients(step).weights[0]?.[at] ?? NaN;
      const after = networkAfter(step).weights[0]?.[at] ?? NaN;
      let mean = step.labels.map((_, b) => sumsOf(step, b).loss).reduce((sum, loss) => sum + loss, 0);
      const written = async (station: string, which: number, expected: number[]) => {
        await goTo(page, station);
        const numbers = (await formulas(page))[which] ?? [];
        expected.forEach((value, i) => {
          const text = numbers.at(i - expected.length) ?? '';
          expectWritten(text, value, `${station}, formula ${which}, number ${i} of ${numbers.join(' ')}`);
        });
      };
      await written('Weigh', 0, [own.z - bias, bias, own.z]);
      const e = z.map((each) => Math.exp(each - Math.max(...z)));
      const sum = e.reduce((sum, each) => sum + each, 0);
      if (softmax) await written('Softmax', 0, [own.z, Math.max(...z), sum, e[unit] ?? NaN, sum, own.p]);
      else await written('Sigmoid', 0, [own.z, own.p]);
      /** The last numbers of a formula, as they are written. */
      const digitsOf = async (which: number, count: number) =>
        ((await formulas(page))[which] ?? []).slice(-count).map((text) => read(text));
      /** What the written digits give is what is written behind them, but for one unit of the last digit. */
      const gives = (value: number, shown: { value: number; half: number } | undefined, what: string) =>
        expect(Math.abs(value - (shown?.value ?? NaN)), what).toBeLessThanOrEqual(2 * (shown?.half ?? NaN));
      if (softmax) {
        const [top, most, , power] = await digitsOf(0, 6);
        gives(Math.exp((top?.value ?? NaN) - (most?.value ?? NaN)), power, 'e to the written power');
      } else {
        const [top, shown] = await digitsOf(0, 2);
        gives(1 / (1 + Math.exp(-(top?.value ?? NaN))), shown, 'the sigmoid of the written z');
      }
      mean /= step.labels.length;
      if (softmax) {
        await written('Loss', 0, [own.p, sums.loss]);
        const [probability, shown] = await digitsOf(0, 2);
        gives(-Math.log(probability?.value ?? NaN), shown, '−log of the written p');
        await written('Loss', 1, [mean, step.labels.length]);
      } else {
        await written('Loss', 0, [sums.losses[unit] ?? NaN]);
        // Between the two means stands the 1 of 1/B.
        await written('Loss', 1, [sums.loss, 1, mean]);
      }
      await written('Blame', 0, softmax ? [own.p, 1, own.delta] : [own.p, 1, 10, own.delta]);
      await written('Gradient', 0, [x, own.delta, x * own.delta]);
      await written('Gradient', 1, [g]);
      await written('Update', 0, [after]);
      await written('Check', 0, [g]);
      const [above, below, , h, slope] = await digitsOf(0, 5);
      const difference = (above?.value ?? NaN) - (below?.value ?? NaN);
      gives(difference / (2 * (h?.value ?? NaN)), slope, 'the slope of the written losses');
      const [, relative = []] = await formulas(page);
      expectWritten(relative[0] ?? '', g, 'the analytic gradient beside the numeric one');
      expect(read(relative[1] ?? '').value, 'relative error').toBeLessThanOrEqual(1e-6);
      await page.context().close();
    });
  }

  test('the mean loss says when it holds the penalty', async () => {
    const page = await openStep(house, 'network=softmax');
    await page.getByText(/right · mean loss \d/).waitFor();
    expect(await page.getByText('λΣw²').count()).toBe(0);
    await page.goto(page.url().replace(/#.*/, '#/train?l2=0.01&images=1000'));
    await page.getByRole('button', { name: '+1 batch' }).click();
    // The Train room's own network: a link back would lead to the one that was looked at before.
    await page.goto(page.url().replace(/#.*/, '#/one-step?network=train'));
    await page.getByText(/right · mean loss with λΣw² \d/).waitFor();
    await page.getByRole('rowheader', { name: 'loss of the batch with λΣw²' }).waitFor();
    await page.context().close();
  });

  test('the hidden layers’ own numbers are those of the sums', async () => {
    const page = await openStep(house, 'network=sigmoid&station=check');
    await checked(page);
    const step = await saved(page);
    const sums = sumsOf(step, 0);
    for (const layer of [0, 1]) {
      const region = page.getByRole('region', { name: `Layer ${layer + 1}`, exact: true });
      const pad = region.getByRole('application', { name: /^Units of/ });
      const title = () => region.locator('h2 small').innerText();
      const before = await title();
      await pad.focus();
      // The unit that is open first may be the last one.
      const isLast = before.includes(`unit ${sums.a[layer]?.length}`);
      await page.keyboard.press(isLast ? 'ArrowLeft' : 'ArrowRight');
      await expect.poll(title).not.toBe(before);
      await expect.poll(() => region.locator('canvas').count()).toBe(5);
      const unit = Number(/unit (\d+)/.exec(await title())?.[1]) - 1;
      const values = await region.locator('dd').allInnerTexts();
      const a = sums.a[layer]?.[unit] ?? NaN;
      expectWritten(values[0] ?? '', sums.z[layer]?.[unit] ?? NaN, 'z');
      expectWritten(values[1] ?? '', a, 'a');
      expectWritten(values[2] ?? '', a * (1 - a), 'slope');
      expectWritten(values[3] ?? '', sums.down[layer]?.[unit] ?? NaN, 'down');
      expectWritten(values[4] ?? '', sums.delta[layer]?.[unit] ?? NaN, 'delta');
      // What comes down through Wᵀ: the largest two of its terms, their sum, and what the slope lets through.
      await goTo(page, `Layer ${layer + 1} back`);
      const above = step.shape.widths[layer + 2] ?? 0;
      const terms = (sums.delta[layer + 1] ?? []).map((delta, k) => {
        const weight = step.weights[layer + 1]?.[unit * above + k] ?? NaN;
        return { weight, delta, product: weight * delta };
      });
      const [first, second] = terms.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
      const [down = [], back = []] = await formulas(page);
      const expected = [first?.weight, first?.delta, second?.weight, second?.delta, sums.down[layer]?.[unit]];
      expected.forEach((value, i) => expectWritten(down[i] ?? '', value ?? NaN, `term ${i}`));
      expectWritten(back.at(-1) ?? '', sums.delta[layer]?.[unit] ?? NaN, 'delta in the formula');
      const total = await region.getByText(/^∑ = /).innerText();
      expectWritten(total.replace('∑ = ', ''), sums.down[layer]?.[unit] ?? NaN, 'sum of the terms');
      await goTo(page, 'Check');
    }
    await page.context().close();
  });
});
