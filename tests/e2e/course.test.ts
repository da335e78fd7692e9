// Every lesson walked to its end by the keyboard alone, with each bet, each foreseen mistake and each thing to do.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lessons } from '../../www/course/lessons';
import { dataReady, expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const panel = (page: Page) => page.getByRole('complementary', { name: /^(Lesson \d+|\d+강)$/ });
const place = (page: Page) => new URL(page.url()).searchParams.get('lesson');
const outcome = (page: Page) => panel(page).locator('.outcome');

async function type(page: Page, name: RegExp, value: string) {
  const field = page.getByRole('textbox', { name }).first();
  await field.focus();
  await field.fill(value);
  await field.press('Enter');
}
async function press(page: Page, name: RegExp) {
  await page.getByRole('button', { name }).first().focus();
  await page.keyboard.press('Enter');
}
async function choose(page: Page, name: RegExp, value: string) {
  await page.getByRole('combobox', { name }).first().selectOption(value);
}

/** Presses a button, each time that it can be pressed, until the lesson says that it is done. */
async function again(page: Page, name: RegExp) {
  const button = page.getByRole('button', { name }).first();
  const isReached = async () => (await panel(page).locator('.outcome.reached').count()) > 0;
  while (!(await isReached())) {
    await expect
      .poll(async () => (await isReached()) || (await button.isEnabled()), { timeout: 60_000 })
      .toBe(true);
    if (await isReached()) return;
    await button.focus();
    await page.keyboard.press('Enter');
  }
}

/** What a learner does where something is to be done. */
const doing: Record<string, (page: Page) => Promise<void>> = {
  'softmax.shift': (page) => type(page, /^C /, '5'),
  'softmax.guard': (page) => press(page, /^(Guard|보호)$/),
  'softmax.edge': (page) => type(page, /^(Logit 1|로짓 1) /, '89'),
  'neuron.slope': (page) => type(page, /^(Input|입력)/, '1.5'),
  'neuron.or': (page) => type(page, /^b /, '-0.2'),
  'neuron.two': (page) => press(page, /^(Solve it with two layers|두 층으로 풀기)$/),
  'data.sneaker': (page) => type(page, /^(Image number|이미지 번호)$/, '6'),
  'data.standardize': (page) => choose(page, /^(Scaling|스케일링)$/, 'standardized'),
  'logistic.rest': async (page) => {
    await page.getByRole('radio', { name: /^y = 0/ }).focus();
    await page.keyboard.press('Space');
    await type(page, /^(Probability|확률|정답)/, '0.02');
  },
  'logistic.lines': (page) => choose(page, /^(Held-out image|검증 이미지)$/, '1'),
  'train.ten': async () => undefined,
  'train.goal': async () => undefined,
  'loss.one': (page) => type(page, /^(Probability|확률|정답)/, '0.99'),
  'loss.wrong': (page) => type(page, /^(Probability|확률|정답)/, '0.01'),
  'back.off': async (page) => {
    await page.getByRole('application', { name: /^(Units of layer 1|1번 층의 유닛):/ }).focus();
    await page.keyboard.press('ArrowRight');
  },
  'back.bug': async (page) => {
    await page.getByRole('radio', { name: /^(Forget the mean over the batch|배치 평균을 잊기)$/ }).focus();
    await page.keyboard.press('Space');
  },
  'sgd.epoch': async (page) => {
    await choose(page, /^(Each step looks at|한 걸음에 보는 것)$/, '6');
    await again(page, /^(\+1 step|\+1 걸음)$/);
  },
  'sgd.ring': async (page) => {
    for (let station = 0; station < 10; station++) await page.keyboard.press('ArrowRight');
  },
  'all.goal': async (page) => {
    await choose(page, /^(Start from|시작 모델)$/, 'relu');
    await again(page, /^(\+1 epoch|\+1 에포크)$/);
  },
  'all.confused': async (page) => {
    const mistakes = page
      .getByRole('table', { name: /^(Confusion|혼동 행렬)$/ })
      .locator('td:not(.right) button');
    const counts = (await mistakes.allTextContents()).map((text) => Number(text.replaceAll(',', '')));
    await mistakes.nth(counts.indexOf(Math.max(...counts))).focus();
    await page.keyboard.press('Enter');
  },
  'all.sure': async (page) => {
    await choose(page, /^(Show|보기)$/, 'wrong');
    await choose(page, /^(Order|순서)$/, 'most-sure');
    // Those that were asked for before have another order.
    await again(page, /^(Validation image|검증 이미지)/);
  },
  'all.corner': (page) => press(page, /^(A small 3 in the corner|구석의 작은 3)/),
  'all.mended': async (page) => {
    for (const name of [/^(fit to 20 pixels|20픽셀에 맞추기)$/, /^(centre of mass|무게 중심)/]) {
      await page.getByRole('checkbox', { name }).focus();
      await page.keyboard.press('Space');
    }
  },
  'graph.flat': (page) => type(page, /^(Value of x|x의 값|x 값)$/, '1'),
  'graph.sigmoid': (page) => type(page, /^(Value of x|x의 값|x 값)$/, '0'),
};

/** What a bet needs beside the press. */
const finding: Record<string, (page: Page) => Promise<void>> = {
  'logistic.folds': (page) => press(page, /^(Run both experiments|두 실험 돌리기)$/),
  'all.exam': (page) => press(page, /^(Score on 10,000|테스트 이미지 10,000장)/),
  'train.first': (page) => press(page, /^(Play|재생)$/),
};

/** Numbers to be worked out: right, and by each mistake that is foreseen, in the order of the lesson. */
const numbers: Record<string, { right: string; slips: string[] }> = {
  'softmax.share': { right: '0.2689', slips: ['0.7311', '0.3333', '2.7183'] },
  'softmax.largest': { right: '1', slips: ['0', '89'] },
  'neuron.sigmoid': { right: '0.5', slips: ['1', '0', '2'] },
  'data.place': { right: '104', slips: ['563', '76', '23'] },
  'data.min-max': { right: '0.85', slips: ['1.18', '2.17', '217'] },
  // What is typed is worked out from the numbers in the text: −0.14911 − 0.1 × 0.009755.
  'sgd.error': { right: '0.0557', slips: ['0.0056', '0.5569', '0.0023'] },
  'sgd.step': { right: '-0.588', slips: ['-0.812', '0.424', '0.112'] },
  'back.truth': { right: '-0.967', slips: ['0.967', '0.033', '-0.030'] },
  'back.slope': { right: '0.0613', slips: ['0.2552', '0.1527', '-0.0613'] },
  'back.update': { right: '-0.1501', slips: ['-0.1481', '-0.1589', '-0.1534', '-0.0010'] },
  'train.parameters': { right: '7,850', slips: ['7840', '794', '37632000'] },
};

/** Whether a place of what is lit stands in the window, beside the lesson and not below it. */
async function isInView(page: Page): Promise<boolean> {
  const window = page.viewportSize();
  const sheet = await panel(page).evaluate((element) => {
    const { top, right } = element.getBoundingClientRect();
    return getComputedStyle(element).position === 'fixed' ? { top, right: 0 } : { top: Infinity, right };
  });
  const lit = await page
    .locator('[data-lit]')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
  // Something taller than the window that is left can only begin in it.
  return lit.some(
    ({ top, bottom, left }) =>
      bottom > top &&
      top >= -1 &&
      Math.min(bottom, top + 120) <= Math.min(sheet.top, window?.height ?? 0) + 1 &&
      left >= sheet.right - 1,
  );
}

async function walk(page: Page, id: string, bet: 'first' | 'last' = 'last') {
  const lesson = lessons.find((each) => each.id === id);
  if (!lesson) throw new Error(`no lesson ${id}`);
  for (const [at, step] of lesson.steps.entries()) {
    const key = `${id}.${step.id}`;
    await expect.poll(() => place(page), { message: key }).toBe(`${id}.${at + 1}`);
    // The place that is spoken of is there, lit, and not below the sheet.
    if (step.light) await expect.poll(() => isInView(page), { message: `${key} is in view` }).toBe(true);
    if (step.kind === 'bet') {
      const options = panel(page).getByRole('radio');
      expect(await options.count()).toBe(step.options.length);
      await options[bet]().focus();
      await page.keyboard.press('Space');
      await panel(page).getByRole('group').locator('xpath=following-sibling::button').focus();
      await page.keyboard.press('Enter');
      await finding[key]?.(page);
      await panel(page).locator('.paid').waitFor({ timeout: 110_000 });
    } else if (step.kind === 'compute') {
      const { right, slips } = numbers[key] ?? { right: '', slips: [] };
      expect(slips, key).toHaveLength(step.slips.length);
      await expect
        .poll(() => page.locator('[data-lit=covered]').count(), { message: key })
        .toBeGreaterThan(0);
      await expectAccessible(page, `${key}, covered`);
      const field = panel(page).getByRole('textbox');
      const told = panel(page).getByRole('status').first();
      const said = new Set<string>();
      for (const slip of slips) {
        await field.fill(slip);
        await field.press('Enter');
        await expect.poll(() => told.locator('.wrong').count(), { message: `${key} ${slip}` }).toBe(1);
        await expect
          .poll(async () => said.has((await told.textContent()) ?? ''), { message: key })
          .toBe(false);
        said.add((await told.textContent()) ?? '');
      }
      // What nobody foresaw gets a sentence of its own.
      await field.fill('123.456');
      await field.press('Enter');
      await expect.poll(async () => said.has((await told.textContent()) ?? ''), { message: key }).toBe(false);
      await field.fill(right);
      await field.press('Enter');
      await told.locator('.right').waitFor();
      await expect.poll(() => page.locator('[data-lit=covered]').count(), { message: key }).toBe(0);
    } else if (step.kind === 'do') {
      if (!key.startsWith('train.'))
        expect(await outcome(page).getAttribute('class'), key).not.toContain('reached');
      await doing[key]?.(page);
      await panel(page).locator('.outcome.reached').waitFor({ timeout: 90_000 });
    } else if (step.show) {
      await panel(page).locator('.act').focus();
      await page.keyboard.press('Enter');
    }
    await panel(page).getByRole('heading').focus();
    await page.keyboard.press('n');
  }
  await page.getByRole('heading', { level: 1, name: /^(A day|계단 함수에서)/ }).waitFor();
  expect(place(page)).toBeNull();
}

describe('each lesson, by the keyboard alone', () => {
  // Each in both languages, at both widths, with two choices of each bet.
  const walks = lessons.flatMap(({ id }, at) => {
    const [here, there] = at % 2 === 0 ? (['en', 'ko'] as const) : (['ko', 'en'] as const);
    return [
      { id, width: 1440, lang: here, bet: 'last' as const },
      { id, width: 390, lang: there, bet: 'first' as const },
    ];
  });
  test.each(walks)(
    '$id at $width px, $lang, the $bet choice of each bet',
    async ({ id, width, lang, bet }) => {
      const page = await house.visit('#/course', { lang, viewport: { width, height: 844 } });
      await dataReady(page);
      const lesson = lessons.findIndex((each) => each.id === id);
      await page
        .getByRole('listitem')
        .filter({ has: page.locator('.number') })
        .nth(lesson)
        .getByRole('button')
        .focus();
      await page.keyboard.press('Enter');
      await panel(page).waitFor();
      await expectAccessible(page, `lesson ${id}`);
      await walk(page, id, bet);
      await page.context().close();
    },
  );
});

test.each(['en', 'ko'] as const)(
  'on a phone the sheet covers nothing that it speaks of, %s',
  async (lang) => {
    const page = await house.visit('#/course', { lang, viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: /^(Begin the lesson|수업 시작)$/ }).click();
    await panel(page).waitFor();
    await expectAccessible(page, 'lesson on a phone');
    for (const [id, lit] of [
      ['softmax.2', '[data-light~=p-1]'],
      ['data.3', '[data-light~=place]'],
      ['train.2', '[data-light~=parameters]'],
    ] as const) {
      await page.goto(`${house.origin}/?lang=${lang}&lesson=${id}#/${id.split('.')[0]}`);
      await panel(page).waitFor();
      const free = async () => {
        const [place, sheet] = await Promise.all([
          page.locator(lit).first().boundingBox(),
          panel(page).boundingBox(),
        ]);
        return place && sheet ? place.y >= -1 && place.y + place.height <= sheet.y + 1 : null;
      };
      await expect.poll(free, { message: id }).toBe(true);
      await expectNoSidewaysScroll(page, id);
    }
    await page.context().close();
  },
);

test('where a room has a bar at the foot of the window, the lesson keeps its own ways', async () => {
  for (const width of [390, 1120]) {
    const page = await house.visit('#/one-step', { viewport: { width, height: 844 } });
    await page.goto(`${house.origin}/?lang=en&lesson=back.1#/one-step?network=relu&station=layer-1`);
    await page.getByRole('table', { name: 'Forward and backward' }).waitFor();
    // A press with the pointer: what lies above would take it.
    await panel(page).getByRole('button', { name: 'Next', exact: true }).click();
    await expect.poll(() => place(page)).toBe('back.2');
    await page.context().close();
  }
});

test('what stays at the top or at the foot of a room covers neither what is spoken of nor the lesson', async () => {
  const ring = '#/one-step?network=sigmoid&view=picture&station=update';
  const wide = await house.visit('#/one-step', { viewport: { width: 1440, height: 900 } });
  await wide.goto(`${house.origin}/?lang=en&lesson=sgd.7${ring}`);
  // Just below its upper edge, where a finger would touch it.
  const touched = () =>
    wide.evaluate(() => {
      const lit = document.querySelector('[data-lit]')?.getBoundingClientRect();
      return lit && document.elementFromPoint(lit.left + 40, lit.top + 6)?.closest('[data-lit]') !== null;
    });
  await expect.poll(touched).toBe(true);
  await wide.context().close();

  const narrow = await house.visit('#/one-step', { viewport: { width: 390, height: 844 } });
  await narrow.goto(`${house.origin}/?lang=en&lesson=sgd.9#/one-step?network=softmax&station=update`);
  await narrow.getByRole('table', { name: 'Forward and backward' }).waitFor();
  const strangers = () =>
    panel(narrow).evaluate((sheet) => {
      const { top, bottom, left, right } = sheet.getBoundingClientRect();
      const found: string[] = [];
      for (let y = top + 12; y < bottom - 1; y += 12)
        for (let x = left + 12; x < right; x += 24) {
          const there = document.elementFromPoint(x, y);
          if (there && !sheet.contains(there)) found.push(there.outerHTML.slice(0, 80));
        }
      return found;
    });
  expect(await strangers()).toEqual([]);
  await narrow.context().close();
});

test('a lesson is left and taken up again, kept at a reload, gone back from, and shared by its address', async () => {
  const page = await house.visit('#/course');
  await page.getByRole('button', { name: 'Begin the lesson' }).click();
  await panel(page).waitFor();
  await page.keyboard.press('n');
  await expect.poll(() => place(page)).toBe('neuron.2');
  await page.goBack();
  await expect.poll(() => place(page)).toBe('neuron.1');
  await page.goForward();
  await expect.poll(() => place(page)).toBe('neuron.2');
  await page.reload();
  await panel(page).getByText('step 2 of').waitFor();

  // Elsewhere the lesson stays, and knows the way back.
  await page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: 'Loss', exact: true })
    .click();
  await panel(page).getByText('This step is about another place.').waitFor();
  await panel(page).getByRole('button', { name: 'Go there' }).click();
  await page.getByRole('heading', { level: 1, name: /^One neuron/ }).waitFor();

  await panel(page).getByRole('button', { name: 'Leave the lesson' }).click();
  expect(await panel(page).count()).toBe(0);
  await page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: 'Course', exact: true })
    .click();
  await page.getByText('1 of 9 steps').waitFor();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect.poll(() => place(page)).toBe('neuron.2');

  // A letter in a field is a letter.
  await page.getByRole('textbox').first().focus();
  await page.keyboard.type('n');
  expect(place(page)).toBe('neuron.2');
  await page.context().close();
});

test('an address that names no lesson opens none', async () => {
  for (const wrong of ['nothing.1', 'softmax', 'softmax.x', '__proto__.1']) {
    const page = await house.visit('#/softmax', {});
    await page.getByRole('table', { name: 'Softmax', exact: true }).waitFor();
    const without = await page.locator('main h1').boundingBox();
    await page.goto(`${house.origin}/?lang=en&lesson=${wrong}#/softmax`);
    await page.getByRole('table', { name: 'Softmax', exact: true }).waitFor();
    expect(await panel(page).count()).toBe(0);
    // Nor does it take a lesson's place.
    expect(await page.locator('main h1').boundingBox(), wrong).toEqual(without);
    await page.context().close();
  }
});

test('a lesson that cannot be fetched is told, and comes at the second try', async () => {
  let isCut = true;
  const page = await house.visit('#/softmax', {
    before: async (page) => {
      await page.route(/\/Panel-[^/]*\.js$/, (route) =>
        isCut ? route.abort('connectionfailed') : route.continue(),
      );
    },
  });
  await page.goto(`${house.origin}/?lang=en&lesson=softmax.1#/softmax`);
  const told = page.getByRole('alert').filter({ hasText: 'The lesson could not be fetched' });
  await told.waitFor();
  await page.getByRole('table', { name: 'Softmax', exact: true }).waitFor();
  isCut = false;
  await told.getByRole('button', { name: 'Try again' }).click();
  await panel(page).waitFor();
  expect(await told.count()).toBe(0);
  // The one request that was cut.
  const cut = house.complaints.splice(0).filter((each) => !/net::ERR_CONNECTION_FAILED/.test(each));
  expect(cut).toEqual([]);
  await page.context().close();
});

test('nothing else went wrong', () => expect(house.complaints).toEqual([]));
