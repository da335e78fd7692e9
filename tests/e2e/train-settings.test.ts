// Every setting of the Train room: in its form, in its address, and what a change does.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectAccessible, openHouse, type House } from './support';
import { button, expectPlace, field, fingerprint, finished, rows, select, set, small } from './train-room';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

describe('Train, the settings', () => {
  test('an experiment is a link: settings round-trip through the address', async () => {
    const page = await house.visit('#/train?from=relu&layers=24:tanh&images=1000&epochs=2&seed=7&l2=0.001');
    await dataReady(page);
    await page.getByText('19,090 parameters').first().waitFor();
    expect(await field(page, 'Seed').inputValue()).toBe('7');
    expect(await field(page, 'Epochs').inputValue()).toBe('2');
    expect(await select(page, 'Training images').inputValue()).toBe('1000');
    await page.getByText('More settings').click();
    expect(await field(page, 'L2').inputValue()).toBe('0.001');
    await set(page, 'β₁', '0.8');
    await select(page, 'Pixels').selectOption('standardized');
    await expect.poll(() => page.url()).toContain('beta1=0.8');
    await expect.poll(() => page.url()).toContain('pixels=standardized');
    await button(page, 'Play').click();
    await finished(page);
    const weights = await fingerprint(page);
    const link = page.url().slice(page.url().indexOf('#'));
    await page.context().close();

    // Another visitor opens the link and gets the same bits.
    const other = await house.visit(link);
    await dataReady(other);
    await button(other, 'Play').click();
    await finished(other);
    expect(await fingerprint(other)).toBe(weights);
    await other.context().close();
  });

  test('a seed can be drawn, and stands in the address as if it had been typed', async () => {
    const page = await house.visit('#/train?seed=7');
    await dataReady(page);
    const drawn: string[] = [];
    for (const before of ['7', '']) {
      await button(page, 'Surprise me: a seed that nobody chose').click();
      await expect.poll(() => field(page, 'Seed').inputValue()).not.toBe(drawn.at(-1) ?? before);
      drawn.push(await field(page, 'Seed').inputValue());
      await expect.poll(() => page.url()).toContain(`seed=${drawn.at(-1)}`);
    }
    for (const seed of drawn) expect(Number(seed)).toBeLessThan(1_000_000);
    await page.context().close();
  });

  test('a bad value in the address is named, and as usual', async () => {
    const page = await house.visit('#/train?epochs=abc&layers=999:relu&output=sigmoid&batch=64');
    await page.getByText('epochs=abc').waitFor();
    const said = (await page.getByText('The address asks for').textContent()) ?? '';
    expect(said).toContain('layers=999:relu');
    expect(said).toContain('output=sigmoid');
    expect(said).not.toContain('batch');
    await dataReady(page);
    expect(await field(page, 'Epochs').inputValue()).toBe('10');
    expect(await field(page, 'Batch size').inputValue()).toBe('64');
    await page.getByText('7,850 parameters').first().waitFor();
    await expectAccessible(page, 'bad address');
    await page.context().close();
  });

  test('coming back to the room leaves the run as it is', async () => {
    const page = await house.visit();
    await dataReady(page);
    await small(page);
    await button(page, '+1 batch').click();
    await expectPlace(page, 'batch 1 of 125');
    const rooms = page.getByRole('navigation', { name: 'Rooms' });
    await rooms.getByRole('link', { name: 'Softmax' }).click();
    await page.getByRole('table', { name: 'Softmax' }).waitFor();
    await rooms.getByRole('link', { name: 'Train' }).click();
    await expectPlace(page, 'batch 1 of 125');
    await expect.poll(() => page.url()).toContain('images=5000');
    await page.context().close();
  });

  test('the learning rate and the epochs act at once, every other setting starts anew, and the page says which', async () => {
    const page = await house.visit();
    await dataReady(page);
    await small(page);
    await button(page, '+1 batch').click();
    await expectPlace(page, 'batch 1 of 125');
    await set(page, 'Learning rate', '0.002');
    await page.getByText('Changed: learning rate. It acts from the next batch on').waitFor();
    await expectPlace(page, 'epoch 1 of 10 · batch 1 of 125');
    await set(page, 'Epochs', '3');
    await page.getByText('Changed: epochs. It acts').waitFor();
    await expectPlace(page, 'epoch 1 of 3 · batch 1 of 125');

    await page.getByText('More settings').click();
    await button(page, 'Reset').click();
    await expectPlace(page, 'batch 0 of 125');
    const restarts: [string, () => Promise<unknown>][] = [
      ['batch size', () => set(page, 'Batch size', '40')],
      ['seed', () => set(page, 'Seed', '1')],
      ['pixels', () => select(page, 'Pixels').selectOption('standardized')],
      ['first weights', () => select(page, 'First weights').selectOption('he-uniform')],
      ['optimizer', () => set(page, 'ρ', '0.8')],
      ['L2', () => set(page, 'L2', '0.0001')],
      ['patience', () => set(page, 'Patience', '2')],
      ['validation part', () => set(page, 'Validation part', '0.5')],
      ['optimizer', () => select(page, 'Optimizer').selectOption('adamw')],
      ['optimizer', () => set(page, 'Weight decay λ', '0.1')],
    ];
    for (const [name, change] of restarts) {
      await button(page, '+1 batch').click();
      await expectPlace(page, 'batch 1 of');
      await change();
      await page.getByText(`Changed: ${name}. The run started anew`).waitFor();
      await expectPlace(page, 'batch 0 of');
    }
    // 2,500 images in batches of 40, the last one partial.
    await expectPlace(page, 'batch 0 of 63');
    await expectAccessible(page, 'more settings');
    await page.context().close();
  });

  test('an impossible pair of output and loss is refused at the field, with a way out', async () => {
    const page = await house.visit();
    await dataReady(page);
    await small(page);
    await button(page, '+1 batch').click();
    await expectPlace(page, 'batch 1 of 125');
    await page.getByText('More settings').click();
    await select(page, 'Output').selectOption('sigmoid');
    await page.getByText('cannot be taken of sigmoid outputs').waitFor();
    await expectAccessible(page, 'refused pair');
    await expectPlace(page, 'batch 1 of 125');
    await button(page, 'Keep what runs').click();
    expect(await select(page, 'Output').inputValue()).toBe('softmax');
    await select(page, 'Loss measure').selectOption('binary-cross-entropy');
    await page.getByRole('button', { name: /^Take sigmoid with/ }).click();
    await expectPlace(page, 'batch 0 of 125');
    expect(await select(page, 'Output').inputValue()).toBe('sigmoid');
    await button(page, '+1 epoch').click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await button(page, 'Everything as usual').click();
    await expectPlace(page, 'batch 0 of 1,500');
    await page.context().close();
  });

  test('every number has its range, said at its field', async () => {
    const page = await house.visit('#/train?optimizer=adagrad&first=normal');
    await dataReady(page);
    await page.getByText('More settings').click();
    for (const name of [
      'Learning rate',
      'Epochs',
      'Batch size',
      'Seed',
      'Deviation σ',
      's at the start',
      'ε',
      'Validation part',
      'L2',
      'Patience',
    ]) {
      for (const bad of ['-1', 'abc', '1e99', '']) {
        await set(page, name, bad);
        const range = page.getByText(/^A (whole )?number (from|above) /);
        await range.waitFor();
        expect(await field(page, name).getAttribute('aria-invalid'), `${name} “${bad}”`).toBe('true');
      }
      await field(page, name).press('Escape');
      await expect.poll(() => page.getByText(/^A (whole )?number from /).count()).toBe(0);
    }
    await page.context().close();
  });

  test('early stopping ends a run that no longer gains', async () => {
    const page = await house.visit('#/train?images=1000&epochs=200&patience=1&rate=0.05');
    await dataReady(page);
    await button(page, 'Play').click();
    await page
      .getByText('Stopped early: the validation loss was lowest after epoch')
      .waitFor({ timeout: 60_000 });
    const said = (await page.getByText('Stopped early').textContent()) ?? '';
    const best = Number(/epoch (\d+)/.exec(said)?.[1]);
    const losses = await rows(page).evaluateAll((all) =>
      all.map((row) => Number(row.children[3]?.textContent)),
    );
    expect(losses.length).toBe(best + 1);
    expect(Math.min(...losses)).toBe(losses[best - 1]);
    await page.context().close();
  });

  test('a network that diverges says where, and the page goes on', async () => {
    const page = await house.visit(
      '#/train?images=1000&pixels=none&optimizer=sgd&rate=100&layers=64:identity,64:identity',
    );
    await dataReady(page);
    await button(page, 'Play').click();
    await page.getByText(/Training stopped itself at step \d+/).waitFor({ timeout: 60_000 });
    await expectAccessible(page, 'diverged');
    await select(page, 'Start from').selectOption('softmax');
    await button(page, '+1 batch').click();
    await expectPlace(page, 'batch 1 of');
    await page.context().close();
  });

  test('the step network says why it does not learn, from the gradients it measured', async () => {
    const page = await house.visit('#/train?from=step&images=5000');
    await dataReady(page);
    const why = page.getByText('Below a step unit nothing learns');
    await button(page, 'Play').waitFor();
    // Nothing is measured before the first batch.
    expect(await why.count()).toBe(0);
    await button(page, '+1 batch').click();
    await why.waitFor();
    const said = (await why.textContent()) ?? '';
    expect(said).toMatch(
      /largest of the 78,400 gradients down there was 0; in the output layer it was 0\.\d*[1-9]/,
    );
    await button(page, 'Back one step').click();
    await expect.poll(() => why.count()).toBe(0);
    // Where there is no step unit, there is nothing to say.
    await select(page, 'Start from').selectOption('relu');
    await button(page, '+1 batch').click();
    await expectPlace(page, 'batch 1 of');
    expect(await why.count()).toBe(0);
    await page.context().close();
  });

  test('the presets are the course’s', async () => {
    const page = await house.visit('#/train?images=1000');
    await dataReady(page);
    const layers = page.getByRole('group', { name: 'Layers' });
    const expected: Record<string, [parameters: string, optimizer: string, rate: string, batch: string]> = {
      logistic: ['7,850', 'sgd', '0.1', '32'],
      softmax: ['7,850', 'rmsprop', '0.001', '32'],
      relu: ['101,770', 'adam', '0.001', '32'],
      // 785 · 50 + 51 · 100 + 101 · 10
      sigmoid: ['45,360', 'sgd', '0.1', '100'],
      step: ['79,510', 'adam', '0.001', '32'],
    };
    for (const [name, [parameters, optimizer, rate, batch]] of Object.entries(expected)) {
      await select(page, 'Start from').selectOption(name);
      await layers.getByText(`${parameters} parameters`).waitFor();
      expect(await select(page, 'Optimizer').inputValue()).toBe(optimizer);
      expect(await field(page, 'Learning rate').inputValue()).toBe(rate);
      expect(await field(page, 'Batch size').inputValue()).toBe(batch);
      expect(await select(page, 'Start from').inputValue()).toBe(name);
    }
    await set(page, 'Batch size', '31');
    await expect.poll(() => select(page, 'Start from').inputValue()).toBe('own');
    await page.context().close();
  });

  test('nothing went wrong unseen', () => {
    expect(house.complaints).toEqual([]);
  });
});
