// The built page, served as `make run` serves it, in the system's Chromium.
//
//   const house = await openHouse();              // one server, one browser a test file
//   const page = await house.visit('#/train');    // a fresh visitor
//   …
//   await house.close();
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { serve } from '../../scripts/serve.mjs';

const dist = path.resolve(import.meta.dirname, '../../dist');
const axeSource = readFileSync(
  path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
);

export interface Visit extends BrowserContextOptions {
  lang?: 'en' | 'ko';
  /** Somebody who has never been here. */
  isFirst?: boolean;
  /** Runs before the page opens: routes, init scripts. */
  before?: (page: Page) => Promise<void>;
}

export interface House {
  origin: string;
  browser: Browser;
  /** Opens an address like `#/train?seed=7` in a fresh context; fails the test on any error the page throws. */
  visit(address?: string, options?: Visit): Promise<Page>;
  /** What went wrong in pages so far: uncaught errors, console errors, requests elsewhere. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  if (!existsSync(path.join(dist, 'index.html'))) throw new Error('there is no built page: run make build');
  const server = await serve(dist, 0);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const complaints: string[] = [];

  async function visit(
    address = '#/train',
    { lang = 'en', isFirst, before, ...options }: Visit = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      // Routes see nothing of what a service worker answers: it has tests of its own, offline.test.ts.
      serviceWorkers: 'block',
      ...options,
    });
    // Somebody who has been here before: has drawn, has every setting unfolded, trains as fast as it goes.
    if (!isFirst)
      await context.addInitScript(() => {
        try {
          localStorage.setItem('atelier.drawn', 'yes');
          localStorage.setItem('atelier.settings', 'open');
          localStorage.setItem('atelier.pace', localStorage.getItem('atelier.pace') ?? 'full');
        } catch {
          // A frame without a store.
        }
      });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) complaints.push(`another origin: ${url}`);
    });
    await before?.(page);
    await page.goto(`${origin}/?lang=${lang}${address}`);
    return page;
  }

  return {
    origin,
    browser,
    visit,
    complaints,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The rooms, as addresses name them. */
export const ROOMS = [
  'course',
  'train',
  'one-step',
  'draw',
  'own',
  'neuron',
  'softmax',
  'loss',
  'graph',
  'data',
];

/** Goes to a room, in whatever language, and waits until it is the one that is shown: each has a title of its own. */
export async function goTo(page: Page, room: string): Promise<void> {
  const title = page.locator('main h1');
  const before = await title.textContent();
  const moves = await page.evaluate((name) => {
    const moves = !location.hash.startsWith(`#/${name}`);
    if (moves) location.hash = `#/${name}`;
    return moves;
  }, room);
  if (moves) await expect.poll(() => title.textContent(), { message: room }).not.toBe(before);
}

/** Waits until every image of the data set is there. */
export async function dataReady(page: Page): Promise<void> {
  await page
    .getByRole('status', { name: /^(Data set|데이터셋)$/ })
    .filter({ hasText: '60,000 + 10,000' })
    .waitFor({ timeout: 100_000 });
}

/** Fails with the list of what axe finds wrong. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    interface AxeViolation {
      id: string;
      nodes: { target: string[]; failureSummary: string }[];
    }
    const found = await axe.run();
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    );
  });
  expect(violations, `axe, ${state}`).toEqual([]);
}

/** Fails when the page can be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page, state = ''): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `pixels wider than the screen ${state}`).toBeLessThanOrEqual(0);
}

/** A number as the page writes it: 12,000, −1.5, 2.4×10⁻⁵, ∞. */
export function numberIn(text: string | null): number {
  const plain = (text ?? '').trim().replaceAll('−', '-').replaceAll(',', '').replace('∞', 'Infinity');
  const [, mantissa = '', power = ''] = /^\+?(.*?)(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(plain) ?? [];
  const exponent = [...power].map((sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('');
  return Number(exponent ? `${mantissa}e${exponent}` : mantissa);
}

/** The most processor time, in milliseconds, that one task took on the page's own thread. */
export function longestTask(trace: Buffer): number {
  interface TraceEvent {
    name: string;
    pid: number;
    tid: number;
    tdur?: number;
    args?: { name?: string };
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const main = new Set(
    traceEvents
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map(key),
  );
  const tasks = traceEvents.filter((event) => main.has(key(event)) && event.name.endsWith('RunTask'));
  return Math.max(0, ...tasks.map((event) => (event.tdur ?? 0) / 1000));
}
