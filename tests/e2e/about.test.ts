// About: what the page is made of, with every licence, in both languages and by keyboard.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openHouse, type House } from './support';

const root = path.resolve(import.meta.dirname, '../..');
type Part = { name: string; version: string; licence: string };
const parts = JSON.parse(readFileSync(path.join(root, 'www/shell/parts.json'), 'utf8')) as Record<
  'data' | 'page' | 'engine',
  Part[]
>;
const NAMES = {
  en: { about: 'About Atelier', texts: 'All licences in full' },
  ko: { about: '아틀리에 정보', texts: '모든 라이선스 전문' },
};

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

test.each(['en', 'ko'] as const)(
  'it lists every data set and package with its licence (%s)',
  async (lang) => {
    const page = await house.visit('#/softmax', { lang });
    const { about, texts } = NAMES[lang];
    await page.getByRole('button', { name: about }).click();
    const dialog = page.getByRole('dialog', { name: about });
    await dialog.waitFor();
    for (const summary of await dialog.locator('summary').all()) await summary.click();
    const rows = await dialog.locator('tbody tr').allInnerTexts();
    const all = [...parts.data, ...parts.page, ...parts.engine];
    expect(rows).toHaveLength(all.length);
    for (const { licence } of parts.data)
      expect(
        rows.some((row) => row.endsWith(licence)),
        licence,
      ).toBe(true);
    for (const { name, version, licence } of [...parts.page, ...parts.engine])
      expect(rows).toContain(`${name}\t${version}\t${licence}`);
    await expectAccessible(page, `About (${lang})`);

    const [other] = await Promise.all([
      page.context().waitForEvent('page'),
      dialog.getByRole('link', { name: texts }).click(),
    ]);
    const written = other.locator('body');
    for (const { name, version } of [...parts.page, ...parts.engine])
      await expect.poll(() => written.innerText()).toContain(`${name} ${version}`);
    expect(await written.innerText()).toContain('Zalando');
    expect(house.complaints).toEqual([]);
    await page.context().close();
  },
);

test.each([
  { width: 1280, height: 640 },
  { width: 390, height: 844 },
])('keys alone open, read and close it at $width px, and the way back is where it was', async (viewport) => {
  const page = await house.visit('#/loss', { viewport });
  const button = page.getByRole('button', { name: 'About Atelier' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'About Atelier' });
  await dialog.waitFor();
  // It begins at Close; the first group of packages is next.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.locator('details').first().getAttribute('open')).not.toBeNull();
  const box = await dialog.evaluate((element) => ({
    inside: element.getBoundingClientRect().right <= innerWidth && element.getBoundingClientRect().left >= 0,
    cut: element.scrollWidth > element.clientWidth,
  }));
  expect(box).toEqual({ inside: true, cut: false });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(house.complaints).toEqual([]);
  await page.context().close();
});
