// Runs and their records: what is kept of them, when, and what becomes of it in other tabs and in other browsers.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ownFiles } from './own-files';
import { dataReady, expectAccessible, openHouse, type House } from './support';
import {
  button,
  expectPlace,
  field,
  fingerprint,
  finished,
  goOn,
  item,
  items,
  kept,
  keptRuns,
  list,
  offer,
  place,
  rows,
  select,
  set,
  trained,
} from './train-room';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());
afterEach(async () => {
  for (const context of house.browser.contexts()) await context.close();
});

/** 54,000 validation images after six batches: a validation that takes its time on any machine. */
const longValidation = '#/train?layers=512:relu,512:relu,512:relu&batch=1024&epochs=1&validation=0.9';

describe('Train, the runs', () => {
  test('a record says what its run was made from, whatever is changed next', async () => {
    const page = await trained(house);
    const weights = await fingerprint(page);
    await set(page, 'Seed', '2');
    await expectPlace(page, 'batch 0 of 25');
    expect((await kept(page, () => true)).settings.seed).toBe(1);
    await item(page, 'seed 1').waitFor();

    // Its twin is one: the same split, first weights and batches.
    await item(page, 'seed 1').getByRole('button', { name: 'Run a twin' }).click();
    await page.getByText('same split, same first weights').waitFor();
    expect(await field(page, 'Seed').inputValue()).toBe('1');
    await button(page, 'Play').click();
    await finished(page);
    expect(await fingerprint(page)).toBe(weights);
  });

  test('a run of one data set stays a run of that data set, also while it plays, and brings it back', async () => {
    const page = await house.visit('#/train?images=1000&epochs=900&seed=5');
    await dataReady(page);
    await button(page, 'Play').click();
    await kept(page, () => true);
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Data' }).click();
    await select(page, 'Data set').selectOption('mnist');
    await page
      .getByRole('status', { name: 'Data set' })
      .filter({ hasText: 'MNIST 60,000 + 10,000' })
      .waitFor({ timeout: 100_000 });
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Train' }).click();
    await expectPlace(page, 'batch 0 of 25');
    const { dataSet, step } = await kept(page, () => true);
    expect(dataSet).toBe('fashion-mnist');
    await goOn(page, 'seed 5').click();
    await page
      .getByRole('status', { name: 'Data set' })
      .filter({ hasText: 'Fashion-MNIST 60,000' })
      .waitFor();
    // At an epoch's end it stands at the last batch while it validates, and before the first of the next one after that.
    const places =
      step % 25 === 0 ? ['batch 25 of 25', 'batch 0 of 25', 'validating'] : [`batch ${step % 25} of 25`];
    await expect
      .poll(async () => {
        const now = await place(page);
        return places.some((text) => now?.includes(text));
      })
      .toBe(true);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('learning rates that were changed on the way are part of the record, and of what is made again', async () => {
    const page = await house.visit('#/train?images=1000&epochs=2');
    await dataReady(page);
    await button(page, '+1 epoch').click();
    await expectPlace(page, 'epoch 2 of 2');
    await set(page, 'Learning rate', '0.05');
    await button(page, 'Play').click();
    await finished(page);
    const weights = await fingerprint(page);
    const { learningRates, settings } = await kept(page, (run) => run.step === 50);
    expect(learningRates).toEqual([
      { step: 0, learningRate: 0.001 },
      { step: 25, learningRate: 0.05 },
    ]);
    expect(settings.learningRate).toBe(0.001);
    await item(page, 'RMSprop 0.001 → 0.05').waitFor();
    await page.reload();
    await dataReady(page);
    await goOn(page, '2 of 2 epochs').click();
    await page.getByText('All epochs are done.').waitFor();
    expect(await fingerprint(page)).toBe(weights);
    expect(await field(page, 'Learning rate').inputValue()).toBe('0.05');
  });

  test('a run kept in its last validation is named where it stands, and kept as finished when that ends', async () => {
    const page = await house.visit(longValidation);
    await dataReady(page);
    await button(page, 'Play').click();
    await expectPlace(page, 'validating');
    await button(page, 'Pause').click();
    await button(page, 'Play').waitFor();
    await expectPlace(page, 'validating');
    await kept(page, (run) => run.step === 6 && run.epochs.length === 0);
    await page.reload();
    await dataReady(page);
    await page.getByText('at the validation of epoch 1 of 1 after 6 batches').waitFor();
    await button(page, 'Take it up again').click();
    await expectPlace(page, 'validating');
    await button(page, 'Play').click();
    await finished(page);
    expect(await kept(page, (run) => run.isOver)).toMatchObject({ step: 6, epochs: [{ epoch: 1 }] });
    await item(page, '1 of 1 epochs').waitFor();
    await page.reload();
    await dataReady(page);
    await item(page, '1 of 1 epochs').waitFor();
    expect(await offer(page).count()).toBe(0);
  });

  test('one more epoch after the end is one more everywhere', async () => {
    const page = await trained(house);
    await button(page, '+1 epoch').click();
    await expect.poll(() => rows(page).count()).toBe(2);
    await expectPlace(page, 'epoch 2 of 2');
    expect(await field(page, 'Epochs').inputValue()).toBe('2');
    await expect.poll(() => page.url()).toContain('epochs=2');
    await item(page, '2 of 2 epochs').waitFor();
    expect((await kept(page, (run) => run.epochs.length === 2)).settings.epochs).toBe(2);
  });

  test('a crash costs no step that was written down, of a large network either', async () => {
    const page = await house.visit('#/train?layers=512:relu,512:relu,512:relu&images=2000&epochs=2');
    await dataReady(page);
    await button(page, 'Play').click();
    await kept(page, (run) => run.step > 0);
    const session = await page.context().newCDPSession(page);
    const other = await page.context().newPage();
    // Not a word of farewell: neither the page nor its worker hears of it.
    void session.send('Page.crash').catch(() => undefined);
    await page.waitForEvent('crash');
    await other.goto(`${house.origin}/?lang=en#/train`);
    await dataReady(other);
    const { step } = await kept(other, () => true);
    await other.getByText(`after ${step} batches`).waitFor();
    await button(other, 'Take it up again').click();
    await expectPlace(other, step % 50 === 0 ? 'of 50' : `batch ${step % 50} of 50`);
    await button(other, 'Play').click();
    await finished(other);
    const weights = await fingerprint(other);
    await button(other, 'Reset').click();
    await expectPlace(other, 'batch 0 of 50');
    await button(other, 'Play').click();
    await finished(other);
    expect(await fingerprint(other)).toBe(weights);
  });

  test('a setting that acts at once reaches the run that has just begun, however large the one that was left', async () => {
    const page = await house.visit('#/train?layers=512:relu,512:relu,512:relu');
    await dataReady(page);
    await button(page, 'Play').click();
    await kept(page, (run) => run.step > 0);
    await set(page, 'Seed', '1000');
    await set(page, 'Learning rate', '0.05');
    await expectPlace(page, 'batch 0 of 1,500');
    await button(page, '+1 batch').click();
    const { learningRates } = await kept(page, (run) => run.settings.seed === 1000);
    expect(learningRates.at(-1)).toEqual({ step: 0, learningRate: 0.05 });
    expect(await field(page, 'Learning rate').inputValue()).toBe('0.05');
  });

  test('a run on own data that are gone says what to do, and goes on when they are back', async () => {
    const page = await house.visit('#/data');
    await dataReady(page);
    const files = ownFiles(600);
    const choose = async () => {
      await page.locator('#own-files').setInputFiles([files.images, files.labels]);
      await button(page, 'Use these files').click();
      await page
        .getByRole('status', { name: 'Data set' })
        .filter({ hasText: 'Your data 500 + 100' })
        .waitFor();
    };
    const toTrain = () =>
      page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Train' }).click();
    await choose();
    await toTrain();
    await button(page, '+1 epoch').click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await item(page, '784-3').waitFor();
    await page.reload();
    await dataReady(page);
    await item(page, 'its data are not here').waitFor();
    for (const verb of ['Go on', 'Run a twin']) {
      await items(page).getByRole('button', { name: verb }).click();
      await page.getByRole('alert').filter({ hasText: 'Choose the same files again' }).waitFor();
      await button(page, 'Dismiss').click();
    }
    // The room is as alive as before, and the run's curves are still to be had.
    await button(page, '+1 batch').click();
    await expectPlace(page, 'batch 1 of');
    await item(page, 'its data are not here').getByRole('checkbox').check();
    await page.getByRole('list', { name: /^Runs beside/ }).waitFor();

    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Data' }).click();
    await choose();
    await toTrain();
    await goOn(page, '784-3').click();
    await expectPlace(page, 'epoch 2 of 10 · batch 0 of');
    expect(await page.getByRole('alert').count()).toBe(0);

    // A second set of the same name is another set: a new run begins, and nobody asked for the old one.
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Data' }).click();
    const others = ownFiles(300);
    await page.locator('#own-files').setInputFiles([others.images, others.labels]);
    await button(page, 'Use these files').click();
    await page.getByRole('status', { name: 'Data set' }).filter({ hasText: 'Your data 250 + 50' }).waitFor();
    await toTrain();
    await expectPlace(page, 'epoch 1 of 10 · batch 0 of 7');
    await item(page, 'its data are not here').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('a run has one writer: other tabs say where it is, follow it, and get it when that one closes', async () => {
    // So many steps that it trains to this test's end, however busy the machine is.
    const page = await house.visit('#/train?epochs=1000');
    await dataReady(page);
    await button(page, 'Play').click();
    await kept(page, (run) => run.step > 0);
    const other = await page.context().newPage();
    await other.goto(`${house.origin}/?lang=en#/train`);
    await dataReady(other);
    await item(other, 'open in another tab').waitFor();
    expect(await offer(other).count()).toBe(0);
    expect(await goOn(other, 'open in another tab').count()).toBe(0);
    expect(await item(other, 'open in another tab').getByRole('button', { name: 'Remove' }).count()).toBe(0);
    await expectAccessible(other, 'open in another tab');
    // The list follows.
    const epochs = async () =>
      Number(/([\d,]+) of 1,000 epochs/.exec((await items(other).textContent()) ?? '')?.[1]);
    const before = await epochs();
    await expect.poll(epochs).toBeGreaterThan(before);

    // A name given here stays, whatever is written there.
    const name = list(other).getByRole('textbox', { name: 'Name of the run' });
    await name.fill('watched');
    await name.press('Enter');
    await expect.poll(() => list(page).getByRole('textbox').inputValue()).toBe('watched');
    const { step } = await kept(page, (run) => run.name === 'watched');
    await kept(page, (run) => run.name === 'watched' && run.step > step);

    await page.close();
    await offer(other).filter({ hasText: 'watched' }).waitFor();
    await button(other, 'Take it up again').click();
    await expect.poll(() => offer(other).count()).toBe(0);
    const taken = await keptRuns(other);
    await button(other, '+1 batch').click();
    await kept(other, (run) => run.step > (taken[0]?.step ?? Infinity));
  });

  test('the validation after +1 batch hears Pause', async () => {
    const page = await house.visit(longValidation);
    await dataReady(page);
    for (let batch = 1; batch <= 5; batch++) {
      await button(page, '+1 batch').click();
      await expectPlace(page, `batch ${batch} of 6`);
    }
    await button(page, '+1 batch').click();
    await expectPlace(page, 'validating');
    await button(page, 'Pause').click();
    await button(page, 'Play').waitFor();
    const stands = await place(page);
    expect(stands).toContain('validating');
    await page.waitForTimeout(300);
    expect(await place(page)).toBe(stands);
    // The next batch first ends what was begun: here the run.
    await button(page, '+1 batch').click();
    await finished(page);
  });

  test('what memory a network takes is said before it is trained', async () => {
    const page = await house.visit();
    await dataReady(page);
    const layers = page.getByRole('group', { name: 'Layers' });
    const megabytes = async () =>
      Number(/([\d.]+) MB of memory/.exec((await layers.textContent()) ?? '')?.[1]);
    await expect.poll(megabytes).toBeGreaterThan(1);
    const small = await megabytes();
    await page.goto(`${house.origin}/?lang=en#/train?layers=512:relu,512:relu,512:relu,512:relu&batch=2048`);
    await expect.poll(megabytes).toBeGreaterThan(5 * small);
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
