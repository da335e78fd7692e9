// A task: made in the dialog by the keyboard, opened by somebody else, what is locked stays, the goal is met.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../www/tasks/task';
import { dataReady, expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const words = 'Reach it <b>without</b> a hidden layer';

test('a task is made by the keyboard, opened elsewhere, and its goal met', async () => {
  const teacher = await house.visit('#/train?epochs=1&images=1000');
  await dataReady(teacher);
  await teacher.getByRole('button', { name: 'Make a task from this' }).focus();
  await teacher.keyboard.press('Enter');
  const dialog = teacher.getByRole('dialog', { name: 'Make a task from this' });
  await dialog.getByRole('textbox', { name: 'What is to be done' }).focus();
  await teacher.keyboard.type(words);
  const percent = dialog.getByRole('textbox', { name: 'Percent' });
  await percent.focus();
  await percent.fill('20');
  await percent.press('Enter');
  for (const name of ['Layers', 'Epochs']) {
    await dialog.getByRole('checkbox', { name, exact: true }).focus();
    await teacher.keyboard.press('Space');
  }
  await expectAccessible(teacher, 'the dialog');
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link.length).toBeLessThan(2000);
  await teacher.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  await teacher.context().close();

  // The address asks for another number of epochs than the task locks.
  const code = new URL(link).searchParams.get('task') ?? '';
  const pupil = await house.visit(`&task=${code}#/train?epochs=9&images=1000`);
  const task = pupil.getByRole('complementary', { name: 'Task' });
  await expect.poll(() => task.textContent()).toContain(words);
  expect(await task.locator('b').count()).toBe(0);
  const epochs = pupil.getByRole('textbox', { name: 'Epochs' });
  await expect.poll(() => epochs.inputValue()).toBe('1');
  expect(await epochs.isDisabled()).toBe(true);
  expect(await pupil.getByText('Locked by the task').count()).toBeGreaterThan(0);
  await dataReady(pupil);
  expect(await task.getByRole('status').textContent()).toContain('Your turn');
  await pupil.evaluate(() => (location.hash = '#/train?epochs=7&images=1000&layers=9:relu'));
  await expect.poll(() => pupil.evaluate(() => location.hash)).not.toContain('layers');
  expect(await epochs.inputValue()).toBe('1');
  await expectAccessible(pupil, 'a task with locked settings');
  await pupil.getByRole('button', { name: 'Play', exact: true }).click();
  await expect
    .poll(() => task.getByRole('status').textContent(), { timeout: 60_000 })
    .toContain('The goal is met');
  await task.getByRole('button', { name: 'Leave the task' }).click();
  await expect.poll(() => epochs.isDisabled()).toBe(false);
  expect(house.complaints).toEqual([]);
  await pupil.context().close();
});

test('a bad link is refused in a sentence, and the room stands; on a phone nothing is wider than it', async () => {
  const good = write({ query: '', locks: [], goal: { kind: 'mend' }, text: '가'.repeat(280) });
  const page = await house.visit(`&task=${good.slice(0, -3)}#/train`, {
    lang: 'ko',
    viewport: { width: 390, height: 844 },
  });
  const task = page.getByRole('complementary', { name: '과제' });
  await expect.poll(() => task.getByRole('alert').textContent()).toContain('잘리거나');
  await page.getByRole('button', { name: '재생', exact: true }).waitFor();
  await page.goto(`${house.origin}/?lang=ko&task=${good}#/train`);
  await expect.poll(() => task.getByRole('status').textContent()).toContain('직접 해 보세요');
  // A sheet at the foot of the window, in the page's own dress.
  await expect.poll(() => task.evaluate((sheet) => getComputedStyle(sheet).position)).toBe('fixed');
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, 'a task on a phone');
  expect(house.complaints).toEqual([]);
  await page.context().close();
});
