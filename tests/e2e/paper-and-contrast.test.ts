// The page on paper, and where the visitor has chosen a few colours for everything.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, drawWithMouse, seven } from './draw-hand';
import { dataReady, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

const style = (page: Page, selector: string, property: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

/** 0…1, how light a colour of the form `rgb(r, g, b)` is. */
function lightness(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

async function trained(page: Page) {
  await dataReady(page);
  await page.getByRole('button', { name: '+1 epoch' }).click();
  await page.getByRole('table', { name: 'History' }).locator('tbody tr').first().waitFor();
}

describe('on paper', () => {
  test('the dark theme is printed dark on white, and bars are printed', async () => {
    const page = await house.visit('#/train?images=1000&epochs=3', { colorScheme: 'dark' });
    await trained(page);
    expect(lightness(await style(page, 'body', 'background-color'))).toBeLessThan(0.2);
    // Images are ink on paper all the same: 255 is full ink.
    expect(lightness(await style(page, '[data-predictions] canvas', 'background-color'))).toBeGreaterThan(
      0.8,
    );
    await page.emulateMedia({ media: 'print' });
    expect(lightness(await style(page, 'body', 'background-color'))).toBeGreaterThan(0.9);
    expect(lightness(await style(page, 'body', 'color'))).toBeLessThan(0.2);
    // Charts painted light are turned dark.
    expect(await style(page, '.uplot canvas', 'filter')).toContain('invert(1)');
    for (const bar of ['[role="progressbar"] i', 'nav a[aria-current]'])
      expect(await style(page, bar, 'print-color-adjust')).toBe('exact');
    await page.context().close();
  });

  test.each([
    ['graph', '#/graph', '.result rect', '.window'],
    ['train', '#/train?images=1000&epochs=3', '.uplot canvas', '.card'],
  ])('nothing of the %s room’s drawing is cut', async (room, address, drawn, frame) => {
    // A browser that prints lays the page out for the paper without telling the page's scripts.
    const page = await house.visit(address, {
      before: async (fresh) => {
        await fresh.addInitScript(() => {
          const Watch = window.ResizeObserver;
          window.ResizeObserver = class extends Watch {
            constructor(hear: ResizeObserverCallback) {
              super((...args) => {
                if (!('isPrinting' in window)) hear(...args);
              });
            }
          };
        });
      },
    });
    if (room === 'graph') {
      await page.getByRole('button', { name: 'Forward' }).click();
      await page.locator('.result.done').waitFor();
    } else await trained(page);
    await page.evaluate(() => Object.assign(window, { isPrinting: true }));
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 720, height: 1000 });
    const rights = await page
      .locator(drawn)
      .first()
      .evaluate(
        (element, around) => [
          element.getBoundingClientRect().right,
          element.closest(around)?.getBoundingClientRect().right ?? 0,
        ],
        frame,
      );
    expect(rights[0]).toBeGreaterThan(0);
    expect(rights[0]).toBeLessThanOrEqual((rights[1] ?? 0) + 1);
    await page.context().close();
  });
});

describe('in the visitor’s own colours', () => {
  test('bars and progress are seen', async () => {
    const page = await house.visit('#/train?images=1000&epochs=3', { forcedColors: 'active' });
    await trained(page);
    const paper = await style(page, 'body', 'background-color');
    expect(await style(page, '[role="progressbar"] i', 'background-color')).not.toBe(paper);
    await page.goto(`${house.origin}/?lang=en#/draw`);
    await answer(page, 'empty');
    await drawWithMouse(page, seven);
    await answer(page, '7');
    expect(await style(page, '.bar i', 'background-color')).not.toBe(paper);
    await page.context().close();
  });

  test('the present room, and what is pressed, can be told', async () => {
    const page = await house.visit('#/softmax', { forcedColors: 'active' });
    const guard = page.getByRole('button', { name: 'Guard', exact: true });
    await guard.waitFor();
    const look = (selector: string) =>
      Promise.all(['background-color', 'color', 'outline-style'].map((name) => style(page, selector, name)));
    const [present, other] = [await look('nav a[aria-current]'), await look('nav a:not([aria-current])')];
    expect(present).not.toEqual(other);
    // And its name can be read.
    expect(present[0]).not.toBe(present[1]);
    const before = await guard.evaluate((button) => getComputedStyle(button).outlineStyle);
    await guard.click();
    await page.mouse.move(0, 0);
    const after = await guard.evaluate((button) => getComputedStyle(button).outlineStyle);
    expect([before, after].sort()).toEqual(['none', 'solid']);
    await page.context().close();
  });

  test('canvases are painted in them', async () => {
    const page = await house.visit('#/draw', { forcedColors: 'active' });
    await answer(page, 'empty');
    await drawWithMouse(page, seven);
    await answer(page, '7');
    const [ink, text] = await page.locator('[role="application"] canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const data =
        (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let at = 3;
      while (at < data.length && data[at] !== 255) at += 4;
      const colour = (getComputedStyle(document.body).color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
      return [[data[at - 3], data[at - 2], data[at - 1]], colour];
    });
    expect(ink).toEqual(text);
    await page.context().close();
  });
});
