import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { MeasuredText } from '../helpers/discord-page/read-in-order.ts';

/** Where systems put Chromium or Chrome; Debian's package first. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const MEASURE = fileURLToPath(new URL('../helpers/discord-page/measure-text.js', import.meta.url));

/** The browser of this machine, or null; then a line on the console says that its checks were skipped. */
export function findChromium(skipped: string): string | null {
  const found = PLACES.find((path) => existsSync(path)) ?? null;
  if (found === null) process.stderr.write(`${skipped} skipped: no Chromium was found\n`);
  return found;
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-lcd-text',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A browser for the tests of one file. `measure` shows a page and tells where the characters of each text stand. */
export function useBrowser(executablePath: string): {
  measure(html: string, width: number, selector?: string): Promise<MeasuredText[]>;
} {
  let browser: Browser | null = null;
  let page: Page | null = null;
  beforeAll(async () => {
    browser = await launchChromium(executablePath);
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());
  return {
    measure: async (html, width, selector = '[data-text]') => {
      if (page === null) throw new Error('the browser runs in tests and hooks only');
      await page.setViewportSize({ width, height: 900 });
      await page.setContent(html);
      await page.addScriptTag({ path: MEASURE });
      const measured = await page.evaluate(`measureText(${JSON.stringify(selector)})`);
      return measured as MeasuredText[];
    },
  };
}
