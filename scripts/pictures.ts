import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Chromium, startChromium } from './pictures/chromium.ts';
import { type Pictured, picturedDemo } from './pictures/demo.ts';
import { hashOf, PICTURES, type PictureFile, pictures, RECORD } from './pictures/records.ts';

/*
 * Makes README's pictures of the page and of the terminal, from the demo: docs/pictures/*.webp, and pictures.json, which
 * test/pictures.test.ts compares with what they would be made from today. Needs Chromium.
 */

/** Twice as many pixels as the page has, for screens that show them. */
const SCALE = 1.5;
const WIDTH = 1080;
const QUALITY = 72;

/** Most readers' systems have a font like Inter; a server's has not. */
async function fontStyle(): Promise<string> {
  const font = await readFile(
    new URL(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')),
    'base64',
  );
  return `@font-face{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,${font})}.daytally.daytally{font-family:Inter}`;
}

/** How much of each page is shown. */
const shown: Readonly<Record<keyof Pictured, string>> = { page: '.cards', terminal: 'pre' };

async function take(browser: Chromium, file: PictureFile, pictured: Pictured): Promise<Buffer> {
  const { of, colorScheme } = pictures[file];
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: WIDTH, height: 900 });
  await page.emulateMedia({ colorScheme });
  await page.setContent(pictured[of].replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
  await page.addStyleTag({ content: await fontStyle() });
  await page.evaluate('document.fonts.ready');
  const picture = await shoot(page, shown[of], of === 'page' ? WIDTH : undefined);
  await page.close();
  return picture;
}

/** From the top of the page to the end of the element. Playwright itself takes no WebP. */
async function shoot(page: Page, selector: string, width: number | undefined): Promise<Buffer> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`nothing to take a picture of: ${selector}`);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    captureBeyondViewport: true,
    clip: {
      x: 0,
      y: 0,
      width: width ?? box.width,
      height: box.y + box.height + (width === undefined ? 0 : 16),
      scale: SCALE,
    },
  });
  return Buffer.from(data, 'base64');
}

const pictured = await picturedDemo();
const browser = await startChromium();
const records: Partial<Record<PictureFile, object>> = {};
await mkdir(PICTURES, { recursive: true });
for (const file of Object.keys(pictures) as PictureFile[]) {
  const picture = await take(browser, file, pictured);
  await writeFile(join(PICTURES, file), picture);
  records[file] = { madeFrom: hashOf(pictured[pictures[file].of]), file: hashOf(picture) };
  console.log(`docs/pictures/${file}: ${(picture.length / 1000).toFixed(0)} kB`);
}
await browser.close();
await writeFile(RECORD, `${JSON.stringify(records, undefined, 2)}\n`);
