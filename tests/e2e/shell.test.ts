// What holds for every room: languages, themes, addresses, plain static hosts, files that do not arrive.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Page } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataReady, expectAccessible, expectNoSidewaysScroll, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
});

const rooms = ['course', 'train', 'one-step', 'draw', 'own', 'neuron', 'softmax', 'loss', 'graph', 'data'];

describe('The shell', () => {
  test('leads to every room by links, and back', async () => {
    const page = await house.visit();
    const nav = page.getByRole('navigation', { name: 'Rooms' });
    const names = await nav.getByRole('link').allTextContents();
    expect(names).toEqual([
      'Course',
      'Train',
      'One step',
      'Draw',
      'Your drawings',
      'Neuron',
      'Softmax',
      'Loss',
      'Graph',
      'Data',
    ]);
    for (const [at, room] of rooms.entries()) {
      await nav.getByRole('link').nth(at).click();
      await expect.poll(() => new URL(page.url()).hash).toContain(`#/${room}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    await page.goBack();
    await expect.poll(() => new URL(page.url()).hash).toContain('#/graph');
    await page.context().close();
  });

  test('speaks the browser’s language, the address’s above it, the button’s above both', async () => {
    const page = await house.visit('', { lang: 'ko' });
    await page.getByRole('navigation', { name: '방' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByRole('button', { name: '언어' }).click();
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    await page.reload();
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();

    await page.goto(`${house.origin}/#/graph?lang=ko`);
    await page.reload();
    await page.getByRole('navigation', { name: '방' }).waitFor();
    await page.context().close();

    const context = await house.browser.newContext({ locale: 'ko-KR' });
    const korean = await context.newPage();
    await korean.goto(house.origin);
    await korean.getByRole('navigation', { name: '방' }).waitFor();
    await context.close();
  });

  test('changes theme by a button and remembers it', async () => {
    const page = await house.visit('', { colorScheme: 'light' });
    const theme = () => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('light');
    await page.getByRole('button', { name: 'Theme' }).click();
    expect(await theme()).toBe('dark');
    await page.reload();
    await page.getByRole('button', { name: 'Theme' }).waitFor();
    expect(await theme()).toBe('dark');
    await page.context().close();
  });

  test('an address of no room leads to the first page and says so', async () => {
    const page = await house.visit('#/basement');
    await page.getByText('There is no room called “basement”').waitFor();
    await page.getByRole('figure', { name: 'What each class looks for' }).waitFor();
    await page.context().close();
  });

  test('a room begins at its top, with the keyboard in it', async () => {
    const page = await house.visit();
    await dataReady(page);
    await page.evaluate(() => scrollTo(0, 900));
    await page.evaluate(() => (location.hash = '#/softmax'));
    await page.getByRole('table', { name: 'Softmax', exact: true }).waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('room');
    await page.context().close();
  });

  test('the keyboard reaches the rooms and skips the header', async () => {
    const page = await house.visit();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('room');
    await page.context().close();
  });

  test.each([
    [390, 'light', 'en'],
    [820, 'dark', 'ko'],
    [1440, 'light', 'ko'],
  ] as const)('every room fits and is accessible at %i px, %s, %s', async (width, colorScheme, lang) => {
    const page = await house.visit('#/train', { viewport: { width, height: 844 }, colorScheme, lang });
    await dataReady(page);
    for (const room of rooms) {
      await page.evaluate((room) => (location.hash = `#/${room}`), room);
      await page.locator(`nav a[aria-current][href^="#/${room}"]`).waitFor();
      await page.waitForTimeout(1500);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page, `${room} ${width} ${colorScheme} ${lang}`);
    }
    await page.context().close();
  });

  test('works from a sub-path of a plain static host', async () => {
    const files = sirv(path.resolve(import.meta.dirname, '../../dist'), { dev: true });
    const server: Server = createServer((request, response) => {
      if (!request.url?.startsWith('/some/where/')) {
        response.statusCode = 404;
        return void response.end();
      }
      request.url = request.url.slice('/some/where'.length);
      files(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const context = await house.browser.newContext();
    const page = await context.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/some/where/?lang=en#/train`);
    await dataReady(page);
    await page.getByRole('button', { name: '+1 batch' }).click();
    await page.getByText('batch 1 of 1,500').waitFor();
    await context.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('What breaks', () => {
  test('an engine that cannot be fetched is asked for again', async () => {
    const page = await house.visit('#/train', {
      before: async (page) =>
        void (await page.route('**/*.wasm', (route) => route.fulfill({ status: 503, body: 'no' }))),
    });
    const alert = page.getByRole('alert').filter({ hasText: 'The engine could not be fetched.' });
    await alert.waitFor();
    await page.unroute('**/*.wasm');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await dataReady(page);
    await page.getByRole('button', { name: '+1 batch' }).click();
    await page.getByText('batch 1 of 1,500').waitFor();
    await page.context().close();
  });

  test('a browser that cannot run the engine hears what it needs', async () => {
    // A section cut off: what a browser without SIMD says of an instruction, this one says of this.
    const module = Buffer.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 9]);
    const page = await house.visit('', {
      before: async (page) =>
        void (await page.route('**/*.wasm', (route) =>
          route.fulfill({ contentType: 'application/wasm', body: module }),
        )),
    });
    await page.getByRole('alert').filter({ hasText: 'needs a browser with WebAssembly SIMD' }).waitFor();
    await page.context().close();
  });

  test('a room that breaks says so, and the others go on', async () => {
    const broken = "export default () => { throw new Error('planted') }";
    const page = await house.visit('#/train', {
      before: async (page) =>
        void (await page.route('**/page/room-train-*.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: broken }),
        )),
    });
    const alert = page
      .getByRole('alert')
      .filter({ hasText: 'This room stopped by a mistake of ours (planted)' });
    await alert.getByRole('button', { name: 'Open it again' }).waitFor();
    await page.getByRole('link', { name: 'Softmax' }).click();
    await page.getByRole('table', { name: 'Softmax', exact: true }).waitFor();
    await page.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error('planted, too');
        }),
    );
    await page.getByRole('alert').filter({ hasText: 'by a mistake of ours (planted, too)' }).waitFor();
    await page.context().close();
  });

  test('nothing else went wrong unseen', () => {
    const planted = /503|CompileError|planted|instantiateStreaming/;
    expect(house.complaints.filter((text) => !planted.test(text))).toEqual([]);
    house.complaints.length = 0;
  });
});

describe('A data file that does not arrive', () => {
  const images = '**/fashion-mnist/train-images-idx3-ubyte.gz';

  /** Opens the page while `images` is answered by `spoil`; then mends it and tries again. */
  async function recovers(page: Page, sentence: RegExp) {
    const alert = page.getByRole('alert').filter({ hasText: 'train-images-idx3-ubyte.gz' });
    await alert.waitFor({ timeout: 60_000 });
    expect(await alert.textContent()).toMatch(sentence);
    // The rest of the page goes on working.
    await page.getByRole('link', { name: 'Softmax' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page, 'error');
    await page.unroute(images);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await dataReady(page);
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByRole('button', { name: '+1 batch' }).click();
    await page.getByText('batch 1 of 1,500').waitFor();
  }

  test.each([
    ['is missing', { status: 404, body: 'no' }, /404/],
    [
      'is a web page',
      { status: 200, contentType: 'text/html', body: '<!doctype html><p>Log in</p>' },
      /web page/,
    ],
    [
      'is cut short',
      { status: 200, body: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x63]) },
      /cut short/,
    ],
  ] as const)('%s: says so, and recovers', async (_, answer, sentence) => {
    const page = await house.visit('', {
      before: (page) => page.route(images, (route) => route.fulfill({ ...answer })).then(() => undefined),
    });
    await recovers(page, sentence);
    await page.context().close();
  });

  test('the rooms were never disturbed', () => {
    // A 404 is logged by the browser itself.
    expect(house.complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});
