// Without a line: what was here once opens, trains and draws again; a newer page waits, offers itself while nothing
// trains, and costs nothing of a run.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pageFiles, versionOf } from '../../scripts/offline-plugin.ts';
import { serve } from '../../scripts/serve.mjs';
import { drawWithMouse, seven } from './draw-hand';
import { dataReady, goTo, openHouse, ROOMS, type House } from './support';
import { button, finished, place, select } from './train-room';

const dist = path.resolve(import.meta.dirname, '../../dist');

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

/** A host of its own, that can be stopped and can get a newer page. */
let folder: string;
let server: Server;
let origin: string;
/** What the host was asked for. */
let asked: string[];
let context: BrowserContext;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'atelier-'));
  await cp(dist, folder, { recursive: true });
  server = await serve(folder, 0);
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  asked = [];
  server.on('request', ({ url }) => void asked.push(url ?? ''));
  context = await house.browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(() => {
    localStorage.setItem('atelier.drawn', 'yes');
    localStorage.setItem('atelier.settings', 'open');
    localStorage.setItem('atelier.pace', 'full');
  });
});
afterEach(async () => {
  await context.close();
  await stop();
  await rm(folder, { recursive: true });
});

async function stop() {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Opens the page and waits until it is kept whole. */
async function firstVisit(address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/?lang=en${address}`);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await dataReady(page);
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open('atelier-data-1')).keys()).length))
    .toBe(4);
  return page;
}

test('a second visit needs no host: every room opens, a network trains, a digit is read', async () => {
  const first = await firstVisit('#/data');
  await button(first, 'Keep MNIST (11.4 MB)').click();
  await first.getByRole('button', { name: 'Remove MNIST from this browser' }).waitFor({ timeout: 60_000 });
  await first.getByText('Fashion-MNIST · 30.9 MB').waitFor();
  await first.close();
  await stop();

  const page = await context.newPage();
  const failed: string[] = [];
  page.on('requestfailed', (request) => void failed.push(request.url()));
  await page.goto(`${origin}/?lang=en#/train?images=1000&epochs=1`);
  await dataReady(page);
  await button(page, 'Play').click();
  await finished(page);
  for (const room of ROOMS) await goTo(page, room);
  await goTo(page, 'draw');
  await drawWithMouse(page, seven);
  await expect.poll(() => page.getByRole('status', { name: 'Answer' }).textContent()).toMatch(/7/);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(failed).toEqual([]);
});

test('a reload asks the host for no data set again', async () => {
  const page = await firstVisit('#/train');
  expect(asked.filter((url) => url.includes('.gz'))).toHaveLength(4);
  await page.reload();
  await dataReady(page);
  expect(asked.filter((url) => url.includes('.gz'))).toHaveLength(4);
});

describe('A newer page', () => {
  /** What a publisher does: another index.html, and a service worker that lists it. */
  async function publish() {
    const index = path.join(folder, 'index.html');
    await writeFile(index, (await readFile(index, 'utf8')).replace('<head>', '<head><meta name="newer" />'));
    const script = path.join(folder, 'service-worker.js');
    const [before, after] = [pageFiles(dist), pageFiles(folder)];
    const changes = [
      [JSON.stringify(before['index.html']), JSON.stringify(after['index.html'])],
      [versionOf(before), versionOf(after)],
    ] as const;
    let text = await readFile(script, 'utf8');
    for (const [old, now] of changes) {
      expect(text).toContain(old);
      text = text.replaceAll(old, now);
    }
    await writeFile(script, text);
  }
  const newer = (page: Page) => page.getByRole('status').filter({ hasText: 'A newer Atelier is here' });
  const lookAgain = (page: Page) =>
    page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  const isNewer = (page: Page) => page.locator('meta[name=newer]').count();

  test('waits while a network trains, and costs nothing of its run', async () => {
    const page = await firstVisit('#/train');
    // Ten epochs of ten seconds each: it trains as long as this test looks.
    await select(page, 'Pace').selectOption('epoch');
    await button(page, 'Play').click();
    await expect.poll(() => place(page)).toMatch(/batch [1-9]|[1-9]\d* of/);
    await publish();
    await lookAgain(page);
    const isWaiting = () =>
      page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration())?.waiting);
    await expect.poll(isWaiting).toBe(true);
    expect(await newer(page).count()).toBe(0);

    await button(page, 'Pause').click();
    await newer(page).waitFor();
    const stood = await page.locator('code').first().textContent();
    expect(await isNewer(page)).toBe(0);
    await newer(page).getByRole('button', { name: 'Open it' }).click();
    await expect.poll(() => isNewer(page).catch(() => 0)).toBe(1);
    await dataReady(page);
    await button(page, 'Go on').first().click();
    await expect.poll(() => page.locator('code').first().textContent()).toBe(stood);
    // What only the old one was made of is gone.
    await expect
      .poll(() =>
        page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('atelier-page-'))),
      )
      .toEqual([`atelier-page-${versionOf(pageFiles(folder))}`]);
  });

  test('does not come under another tab', async () => {
    const page = await firstVisit('#/neuron');
    const other = await context.newPage();
    await other.goto(`${origin}/?lang=en#/softmax`);
    await publish();
    await lookAgain(page);
    await newer(page).waitFor();
    await newer(page).getByRole('button', { name: 'Open it' }).click();
    await newer(page).filter({ hasText: 'Close its other tabs first' }).waitFor();
    expect([await isNewer(page), await isNewer(other)]).toEqual([0, 0]);
    await other.close();
    await newer(page).getByRole('button', { name: 'Open it' }).click();
    await expect.poll(() => isNewer(page).catch(() => 0)).toBe(1);
  });

  test('that cannot be fetched whole leaves the present one as it is', async () => {
    const page = await firstVisit('#/neuron');
    await publish();
    await rm(path.join(folder, 'models/card.json'));
    await rm(path.join(folder, 'index.html'));
    await lookAgain(page).catch(() => undefined);
    await page.goto('about:blank');
    await page.goto(`${origin}/?lang=en#/neuron`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await isNewer(page)).toBe(0);
    expect(await newer(page).count()).toBe(0);
  });
});

test('the page’s own policy holds, on a host that sends none', async () => {
  const page = await firstVisit('#/neuron');
  const refused = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          seen.push(effectiveDirective);
          if (seen.length === 3) resolve(seen.sort());
        });
        fetch('https://elsewhere.invalid/').catch(() => undefined);
        document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.invalid/a.png' }));
        const script = document.createElement('script');
        try {
          script.text = 'window.foreign = true';
        } catch {
          // Markup and scripts need somebody who answers for them.
        }
        document.body.append(script);
      }),
  );
  expect(refused).toEqual(['connect-src', 'img-src', 'require-trusted-types-for']);
  expect(await page.evaluate(() => 'foreign' in window)).toBe(false);
});
