// Your drawings: drawn for two classes, trained on, read back, kept, saved, opened, refused.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(house.complaints).toEqual([]);
  await house.close();
});

/** Draws a line on the pad by places in shares of its side. */
async function draw(page: Page, pad: string, places: [number, number][]) {
  const target = page.getByRole('application', { name: pad });
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('no pad');
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  const [first, ...rest] = places;
  if (!first) return;
  await page.mouse.move(...at(first));
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...at(place), { steps: 4 });
  await page.mouse.up();
}

const giyeok = (by: number): [number, number][] => [
  [0.2 + by, 0.2],
  [0.8, 0.2 + by],
  [0.75, 0.85 - by],
];
const nieun = (by: number): [number, number][] => [
  [0.2 + by, 0.15],
  [0.2, 0.8 - by],
  [0.85, 0.8],
];

const shelf = (page: Page, name: string) =>
  page
    .getByRole('list', { name: `Drawings of ${name}`, exact: true })
    .getByRole('button', { name: /variations/ });
const standing = (page: Page) => page.getByRole('status', { name: 'Where your drawings are' });

async function drawBoth(page: Page, each: number) {
  for (const [name, shape] of [
    ['ㄱ', giyeok],
    ['ㄴ', nieun],
  ] as const) {
    await page.getByRole('button', { name: new RegExp(`^Draw ${name} `) }).click();
    for (let at = 0; at < each; at++) {
      await draw(page, 'Drawing pad', shape(at * 0.03));
      await page.getByRole('button', { name: 'Keep this drawing' }).click();
      await expect.poll(() => shelf(page, name).count()).toBe(at + 1);
    }
  }
}

async function twoNames(page: Page) {
  await page.getByRole('textbox', { name: /Names of your own/ }).fill('ㄱ, ㄴ');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: /^Draw ㄴ / }).waitFor();
}

const fileOf = (text: string, name = 'bad.json') => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

describe('your drawings', () => {
  test('are drawn for two classes, trained on from nothing, read back by their names, and there again after a reload', async () => {
    const page = await house.visit('#/own');
    await twoNames(page);
    const train = page.getByRole('button', { name: 'Train on these' });
    expect(await train.isDisabled()).toBe(true);
    await drawBoth(page, 3);
    await page.getByRole('list', { name: /A drawing of ㄴ and its variations, 20 images/ }).waitFor();
    await page.getByText('Drawings: 6; each becomes 20 images: 120 in all.').waitFor();
    const cells = await page.getByRole('table').getByRole('cell').allTextContents();
    // Four drawings are left of six where one of each class tests; one of them validates.
    expect(cells.map((cell) => cell.trim())).toEqual(['3', '60', '1', '20', '2', '40']);
    await expect.poll(() => standing(page).getAttribute('data-standing')).toBe('kept');
    await expectAccessible(page, 'six drawings');

    await train.click();
    const play = page.getByRole('button', { name: 'Play', exact: true });
    await play.click();
    await expect
      .poll(() => page.getByRole('table', { name: 'History' }).getByRole('row').count(), { timeout: 20_000 })
      .toBeGreaterThan(29);
    expect(page.url()).toContain('data=drawings');

    await page.getByRole('link', { name: 'Let the trained network read in Draw' }).click();
    await page.getByRole('combobox', { name: 'Model' }).waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('yours');
    const answer = page.getByRole('status', { name: 'Answer' });
    await draw(page, 'Digit pad', nieun(0.02));
    await expect.poll(() => answer.textContent()).toContain('It reads ㄴ');
    await page.getByRole('button', { name: 'Clear' }).click();
    await draw(page, 'Digit pad', giyeok(0.02));
    await expect.poll(() => answer.textContent()).toContain('It reads ㄱ');

    await page.goBack();
    await page.getByText('This run learns your drawings.').waitFor();
    await page.reload();
    await page.getByText('This run learns your drawings.').waitFor();
    await expect
      .poll(() => page.getByRole('status', { name: 'Data set' }).textContent(), { timeout: 20_000 })
      .toContain('80 + 40');
    await page.evaluate(() => (location.hash = '#/own'));
    await expect.poll(() => shelf(page, 'ㄱ').count()).toBe(3);
    await page.context().close();
  });

  test('go out as a file and come back; a bad file is refused in words, and nothing is lost', async () => {
    const page = await house.visit('#/own');
    await twoNames(page);
    await drawBoth(page, 1);
    await page.getByRole('button', { name: 'Remove drawing 1 of ㄴ' }).click();
    await expect.poll(() => shelf(page, 'ㄴ').count()).toBe(0);
    const undo = page
      .getByRole('region', { name: 'What you have drawn' })
      .getByRole('button', { name: 'Undo' });
    await undo.click();
    await expect.poll(() => shelf(page, 'ㄴ').count()).toBe(1);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('drawings.json');
    const text = await readFile(await download.path(), 'utf8');
    const saved = JSON.parse(text) as { classes: string[]; drawings: { pixels: number[] }[] };
    expect(saved.classes).toEqual(['ㄱ', 'ㄴ']);

    const chooser = page.locator('input[type=file]');
    const refused = page.getByRole('alert');
    const bad: [string, string][] = [
      ['PK…', 'it is not JSON'],
      ['{}', 'no file of drawings from here'],
      [JSON.stringify({ ...saved, version: 9 }), 'version 9'],
      [JSON.stringify({ ...saved, classes: ['a'] }), 'at least two'],
      [JSON.stringify({ ...saved, classes: [...'abcdefghijk'] }), 'at most ten'],
      [JSON.stringify({ ...saved, classes: ['a', ' '] }), 'class 2 has no name'],
      [
        JSON.stringify({ ...saved, drawings: [...saved.drawings, saved.drawings[0]] }),
        'the same as drawing 1',
      ],
      [JSON.stringify({ ...saved, drawings: [{ class: 0, pixels: [1] }] }), '1 pixels in place of 784'],
    ];
    for (const [file, sentence] of bad) {
      await chooser.setInputFiles(fileOf(file));
      await expect.poll(() => refused.textContent()).toContain(sentence);
      expect(await refused.textContent()).toContain('as they were');
      expect(await shelf(page, 'ㄱ').count()).toBe(1);
    }

    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByRole('button', { name: 'No, keep them' }).click();
    expect(await shelf(page, 'ㄱ').count()).toBe(1);
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByRole('button', { name: 'Yes, remove' }).click();
    await expect.poll(() => shelf(page, 'ㄱ').count()).toBe(0);
    await chooser.setInputFiles(fileOf(text, 'drawings.json'));
    await page.getByText('Opened: 2 drawings in 2 classes.').waitFor();
    expect(await shelf(page, 'ㄴ').count()).toBe(1);
    await page.context().close();
  });

  test('can be made by keyboard alone, on a phone as well', async () => {
    const page = await house.visit('#/own', { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: '○ △ □' }).focus();
    await page.keyboard.press('Enter');
    const pad = page.getByRole('application', { name: 'Drawing pad' });
    await pad.focus();
    await page.keyboard.press('Space');
    for (const key of ['ArrowUp', 'ArrowRight', 'ArrowDown'])
      for (let step = 0; step < 6; step++) await page.keyboard.press(key);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Keep this drawing' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => shelf(page, '○').count()).toBe(1);
    // Nothing is on the pad now, and that is said.
    await page.keyboard.press('Enter');
    await page.getByText('The pad is empty: draw something first.').waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, 'a phone');
    await page.context().close();
  });

  test('a browser without a store is said, and stands in nobody’s way', async () => {
    const page = await house.visit('#/own', {
      lang: 'ko',
      async before(page) {
        await page.addInitScript(() => {
          IDBFactory.prototype.open = () => {
            throw new DOMException('no', 'SecurityError');
          };
        });
      },
    });
    await page.getByRole('button', { name: '○ △ □' }).click();
    await page.getByText('이 브라우저는 이 페이지의 것을 저장하지 않습니다.').waitFor();
    await draw(page, '그림판', giyeok(0));
    await page.getByRole('button', { name: '이 그림 모으기' }).click();
    await expect
      .poll(() =>
        page
          .getByRole('list', { name: '○ 그림들' })
          .getByRole('button', { name: /변형 보기/ })
          .count(),
      )
      .toBe(1);
    await page.context().close();
  });
});
