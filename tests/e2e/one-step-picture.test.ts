// The picture of the network in the One-step room: lines as far as the stations have come, the ring's four numbers.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atRest, button, goTo } from './one-step-reading';
import { dataReady, expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(house.complaints).toEqual([]);
  await house.close();
});

const picture = (page: Page) => page.locator('section[aria-labelledby="one-step-picture"]');
const lines = (page: Page, way: 'forward' | 'back') => picture(page).locator(`.network .${way} path`);

async function openPicture(address: string, options = {}): Promise<Page> {
  const page = await house.visit(`#/one-step?view=picture&${address}`, options);
  await dataReady(page);
  await picture(page).waitFor();
  await atRest(page);
  return page;
}

describe('The picture of the network', () => {
  test('is drawn as far as the stations have come, with the numbers of the table', async () => {
    const page = await openPicture('network=relu');
    const ring = picture(page).getByRole('list');
    expect(await lines(page, 'forward').count()).toBe(0);
    await goTo(page, 'Layer 1');
    await expect.poll(() => lines(page, 'forward').count()).toBeGreaterThan(50);
    const intoHidden = await lines(page, 'forward').count();
    await goTo(page, 'Weigh');
    await expect.poll(() => lines(page, 'forward').count()).toBeGreaterThan(intoHidden);
    expect(await lines(page, 'back').count(), 'nothing has come back yet').toBe(0);
    await goTo(page, 'Update');
    await expect.poll(() => lines(page, 'back').count()).toBeGreaterThan(10);
    // The mean loss before and after stand in the card below, too.
    const after = page.getByRole('table', { name: 'After the update' });
    const [, before, afterwards] = await after.getByRole('row').last().getByRole('cell').allTextContents();
    const losses = await after
      .getByRole('row', { name: /loss of the batch/ })
      .getByRole('cell')
      .allTextContents();
    expect([before, afterwards], 'the last row is the batch’s').toEqual(losses.slice(1));
    const stops = await ring.getByRole('listitem').locator('.value').allTextContents();
    expect([stops[0], stops[3]]).toEqual(losses.slice(0, 2));
    await picture(page).getByText('largest of 101,770').waitFor();
    expect(await ring.locator('.done').count()).toBe(4);
    // The address leads here; the table says the same of the classes.
    const shown = await picture(page).getByRole('row').locator('td:last-child .v').allTextContents();
    await page.reload();
    await picture(page).waitFor();
    await button(page, 'Table').click();
    const table = page.getByRole('table', { name: 'Forward and backward' });
    await table.waitFor();
    expect(await picture(page).count()).toBe(0);
    const column = await table.locator('thead tr').last().locator('th').allTextContents();
    const at = column.findIndex((caption) => caption.includes('blame'));
    const deltas = await table.locator(`tbody tr > :nth-child(${at + 1}) .v`).allTextContents();
    expect(shown).toHaveLength(10);
    expect(shown).toEqual(deltas);
    expect(page.url()).not.toContain('view=');
    await page.context().close();
  });

  test('opens another unit by keyboard and by a press', async () => {
    const page = await openPicture('network=sigmoid&station=layer-2');
    const column = picture(page).getByRole('application', { name: /Units of layer 2/ });
    const unit = (at: number) => column.locator('.unit').nth(at);
    await unit(2).click();
    await expect.poll(() => unit(2).getAttribute('class')).toContain('open');
    const [second, third] = [await unit(2).locator('text').first().textContent(), unit(3)];
    await page.getByText(`j = unit ${second}`).waitFor();
    const below = await third.locator('text').first().textContent();
    await column.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText(`j = unit ${below}`).waitFor();
    await page.context().close();
  });

  test.each([
    [1440, 900, 'light', 'en'],
    [390, 844, 'dark', 'ko'],
  ] as const)('fits and is accessible at %i × %i, %s, %s', async (width, height, colorScheme, lang) => {
    const page = await openPicture('network=relu&station=update', {
      viewport: { width, height },
      colorScheme,
      lang,
    });
    await expect.poll(() => lines(page, 'back').count()).toBeGreaterThan(0);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, `one step’s picture ${width}`);
    await page.context().close();
  });
});

test.each(['table', 'picture'])(
  'sentence, formula and Next stay in view of a low window: %s',
  async (view) => {
    const viewport = { width: 1366, height: 625 };
    const page = await house.visit(`#/one-step?network=relu${view === 'table' ? '' : '&view=picture'}`, {
      viewport,
    });
    await dataReady(page);
    await atRest(page);
    for (let at = 1; at < 10; at++) {
      await button(page, 'Next →').or(button(page, 'Next')).first().click();
      await page
        .getByRole('list', { name: 'Stations' })
        .getByRole('button')
        .nth(at)
        .and(page.locator('[aria-current="step"]'))
        .waitFor();
      await atRest(page);
      for (const part of ['.guide .text.now', '.guide .sums', '.guide button:text("Next")']) {
        const inView = () =>
          page
            .locator(part)
            .first()
            .evaluate((element) => {
              const { top, bottom } = element.getBoundingClientRect();
              return top >= 0 && bottom <= innerHeight;
            });
        await expect.poll(inView, { message: `${part} at station ${at + 1}` }).toBe(true);
      }
    }
    await page.context().close();
  },
);
