// Addresses: how they are read, and that a room lives in its own, and remembers it.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  const { complaints } = house;
  await house.close();
  expect(complaints).toEqual([]);
});

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const room = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name, exact: true });
const hash = (page: Page) => new URL(page.url()).hash;
const go = (page: Page, address: string) =>
  page.evaluate((address) => void (location.hash = address), address);

describe('An address', () => {
  test('means what a person typed, and what a form or this page wrote', async () => {
    const page = await house.visit('#/graph?expression=x+y');
    const expression = field(page, 'Expression');
    for (const [address, text] of [
      ['#/graph?expression=x+y', 'x+y'],
      ['#/graph?expression=z+%3D+x+%2B+y', 'z = x + y'],
      ['#/graph?expression=x?y', 'x?y'],
      ['#/Graph?expression=a', 'a'],
      ['#/graph/?expression=b', 'b'],
    ] as const) {
      await go(page, address);
      await expect.poll(() => expression.inputValue()).toBe(text);
    }
    expect(await room(page, 'Graph').getAttribute('aria-current')).toBe('page');
    // What the page itself writes.
    await expression.fill('z = x + y\nx = 1.5');
    await expect.poll(() => hash(page)).toContain('%2B');
    await page.reload();
    await expect.poll(() => expression.inputValue()).toBe('z = x + y\nx = 1.5');
    await page.context().close();
  });

  test.each(['constructor', '__proto__', 'toString', 'graph/deeper'])(
    'of “%s” is of no room, and says so',
    async (name) => {
      const page = await house.visit(`#/${name}`);
      await page.getByText(`There is no room called “${name}”`).waitFor();
      await page.getByRole('figure', { name: 'What each class looks for' }).waitFor();
      expect(await page.getByText('mistake of ours').count()).toBe(0);
      await page.context().close();
    },
  );

  test('of any length is quoted in few words', async () => {
    const page = await house.visit('#/loss', { viewport: { width: 390, height: 844 } });
    const long = '9'.repeat(100_000);
    const name = 'x'.repeat(80);
    for (const address of [
      `#/loss?rate=${long}`,
      `#/${long}`,
      `#/one-step?network=${long}&station=${long}&guest=${long}`,
      `#/train?rate=${long}&layers=${long}`,
      `#/draw?model=${long}`,
      `#/data?set=${long}&image=${long}`,
      `#/softmax?z=${long}`,
      `#/neuron?show=${long}`,
      `#/graph?values=${`${'y'.repeat(200)},`.repeat(500)}`,
      `#/graph?expression=${name}*(${name}%2B2)`,
      `#/graph?expression=${name}%0A${name}=1e-300`,
      `#/graph?expression=1%2B${'7'.repeat(200)}`,
      `#/graph?expression=${name}(`,
    ]) {
      await go(page, address);
      await page.waitForTimeout(700);
      await expectNoSidewaysScroll(page, address.slice(0, 40));
      expect((await page.getByRole('main').innerText()).includes('9'.repeat(100)), address.slice(0, 30)).toBe(
        false,
      );
    }
    await page.context().close();
  });
});

describe('A room', () => {
  test('keeps its address where its own link is clicked', async () => {
    const page = await house.visit('#/train?from=relu&epochs=3&images=1000');
    await dataReady(page);
    await expect.poll(() => field(page, 'Epochs').inputValue()).toBe('3');
    const before = hash(page);
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await page.waitForTimeout(500);
    expect(hash(page)).toBe(before);
    // By way of the first page, too.
    await page.getByRole('link', { name: 'Atelier', exact: true }).click();
    await expect.poll(() => hash(page)).toBe('#/');
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await expect.poll(() => hash(page)).toBe(before);
    // An address that says less than the room is set to is told the rest.
    await go(page, '#/train');
    await expect.poll(() => hash(page)).toContain('from=relu');
    expect(hash(page)).toContain('epochs=3');
    expect(await field(page, 'Epochs').inputValue()).toBe('3');
    await page.context().close();
  });

  test('is found as it was left', async () => {
    const page = await house.visit('#/graph');
    await field(page, 'Expression').fill('a × b + 1\na = 3');
    await room(page, 'Softmax').click();
    await field(page, 'Logit 1 as a number').fill('7.5');
    await field(page, 'Logit 1 as a number').press('Enter');
    // Left before it was written into the address.
    await room(page, 'Neuron').click();
    await field(page, 'Weight as a number').fill('-3');
    await field(page, 'Weight as a number').press('Enter');
    await room(page, 'Loss').click();
    await field(page, 'Momentum').fill('0.5');
    await field(page, 'Momentum').press('Enter');
    await room(page, 'Draw').click();
    await page.getByLabel('Model', { exact: true }).selectOption('softmax');
    await room(page, 'Data').click();
    await field(page, 'Row').fill('3');
    await field(page, 'Row').press('Enter');
    await room(page, 'Graph').click();
    await expect.poll(() => field(page, 'Expression').inputValue()).toBe('a × b + 1\na = 3');
    await room(page, 'Softmax').click();
    await expect.poll(() => field(page, 'Logit 1 as a number').inputValue()).toBe('7.5');
    expect(hash(page)).toContain('z=7.5');
    await room(page, 'Neuron').click();
    await expect.poll(() => field(page, 'Weight as a number').inputValue()).toBe('-3');
    await room(page, 'Loss').click();
    await expect.poll(() => field(page, 'Momentum').inputValue()).toBe('0.5');
    await room(page, 'Draw').click();
    await expect.poll(() => page.getByLabel('Model', { exact: true }).inputValue()).toBe('softmax');
    await room(page, 'Data').click();
    await expect.poll(() => field(page, 'Row').inputValue()).toBe('3');
    // A link that says nothing is the room as it opens by itself.
    await go(page, '#/softmax');
    await expect.poll(() => field(page, 'Logit 1 as a number').inputValue()).toBe('2.1');
    await page.context().close();
  });

  test('is found as it was left, were its text too long for a link', async () => {
    const page = await house.visit('#/graph');
    const long = `x${' + x'.repeat(2_100)}`;
    await field(page, 'Expression').fill(long);
    await page.getByText('too long for a link').waitFor();
    await expect.poll(() => hash(page)).toBe('#/graph');
    await room(page, 'Softmax').click();
    await field(page, 'Logit 1 as a number').waitFor();
    await room(page, 'Graph').click();
    await expect.poll(() => field(page, 'Expression').inputValue()).toBe(long);
    await page.context().close();
  });

  test('never writes into another one’s address', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    // The next room's code is on its way for long: the list of its files does not arrive.
    const page = await house.visit('#/graph', {
      before: async (page) => {
        await page.route('**/page/files.json', async (route) => {
          await held;
          await route.continue();
        });
      },
    });
    await field(page, 'Value of tax').waitFor();
    await expect.poll(() => page.getByRole('table', { name: 'Nodes' }).innerText()).toContain('715');
    await page.waitForTimeout(600);
    await field(page, 'Value of tax').fill('2');
    await field(page, 'Value of tax').press('Enter');
    await go(page, '#/loss?q=0.25');
    // Still there, and still to be used.
    await field(page, 'Value of apple_price').fill('50');
    await field(page, 'Value of apple_price').press('Enter');
    await page.waitForTimeout(1200);
    expect(hash(page)).toBe('#/loss?q=0.25');
    release();
    await page.getByRole('figure', { name: 'Losses', exact: true }).waitFor();
    await page.waitForTimeout(600);
    expect(hash(page)).toBe('#/loss?q=0.25');
    await room(page, 'Graph').click();
    await expect.poll(() => field(page, 'Value of tax').inputValue()).toBe('2');
    expect(await field(page, 'Value of apple_price').inputValue()).toBe('50');
    await page.context().close();
  });

  test('asks for no data set by the way: that is every room’s', async () => {
    const page = await house.visit('#/data');
    const choice = page.getByLabel('Data set', { exact: true }).and(page.locator('select'));
    await choice.selectOption('mnist');
    await expect.poll(() => hash(page)).toContain('set=mnist');
    await room(page, 'Softmax').click();
    await field(page, 'Logit 1 as a number').waitFor();
    await go(page, '#/train?data=fashion-mnist');
    await dataReady(page);
    await expect.poll(() => room(page, 'Data').getAttribute('href')).toBe('#/data');
    await room(page, 'Data').click();
    await expect.poll(() => choice.inputValue()).toBe('fashion-mnist');
    await page.context().close();
  });
});
