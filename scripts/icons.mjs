// Draws the icons of an installed page from www/icon.svg: node scripts/icons.mjs. Their files are committed; whoever
// changes the picture runs this again.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '..');
const svg = readFileSync(path.join(root, 'www/icon.svg'), 'utf8');
const DARK = '#1c1e22';

/** A system cuts a maskable icon to its own shape: the picture stays within four fifths of it (W3C, Web App Manifest). */
const icons = [
  { file: 'icon-192.png', size: 192, share: 1 },
  { file: 'icon-512.png', size: 512, share: 1 },
  { file: 'maskable-512.png', size: 512, share: 0.8, ground: DARK },
  // iOS knows no transparency, and rounds the corners itself.
  { file: 'touch-180.png', size: 180, share: 1, ground: DARK },
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const { file, size, share, ground } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const margin = (size * (1 - share)) / 2;
  await page.setContent(
    `<style>body{margin:0;background:${ground ?? 'transparent'}}svg{position:absolute;left:${margin}px;top:${margin}px;width:${size * share}px}</style>${svg}`,
  );
  writeFileSync(path.join(root, 'assets/app', file), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
