// What the tests of the Graph room share: its table of nodes, its text, its alert.
import type { Locator, Page } from 'playwright-core';

export const table = (page: Page) => page.getByRole('table', { name: 'Nodes' });
export const row = (page: Page, name: string): Locator =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

/** A row's value and gradient. */
export async function numbers(page: Page, name: string): Promise<string[]> {
  const cells = await row(page, name).getByRole('cell').allInnerTexts();
  return cells.slice(2, 4).map((text) => text.trim());
}

export const expression = (page: Page) => page.getByRole('textbox', { name: 'Expression' });
export const write = (page: Page, text: string) => expression(page).fill(text);
/** Sets a text at once: Chromium's typing of thousands of letters takes seconds in an empty page, too. */
export const paste = (page: Page, text: string) =>
  expression(page).evaluate((area: HTMLTextAreaElement, text) => {
    area.value = text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, text);
export const alert = (page: Page) => page.getByRole('main').getByRole('alert');
/** What is told of the chosen node. */
export const told = (page: Page) => page.getByRole('region', { name: 'At this node' });
