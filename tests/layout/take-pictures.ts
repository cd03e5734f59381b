import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { renderDigest } from '../../src/discord/render-digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { renderDigestForTerminal } from '../../src/terminal/render-digest.ts';
import { renderMessagePage } from '../helpers/discord-page/render-message-page.ts';
import type { MessageBody } from '../helpers/fake-discord/check-message.ts';
import { findChromium, launchChromium } from './open-browser.ts';
import { MORNING, PICTURE_STORIES } from './picture-stories.ts';
import { renderTerminalPage } from './show-terminal.ts';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const LARGEST_BYTES = 150 * 1024;
const COLOURS = 64;
const MESSAGE_WIDTH = 500;
const TERMINAL_WIDTH = 760;
const TERMINAL_COLUMNS = 84;
const chromium = findChromium('the pictures of the README');

function digestIn(language: 'ar' | 'en', limit: number): Digest {
  return buildDigest(PICTURE_STORIES, {
    language,
    timezone: 'Asia/Riyadh',
    dueAt: MORNING,
    limit,
  });
}

function messagePage(message: Pick<MessageBody, 'components'>): string {
  return renderMessagePage([message], {
    now: MORNING,
    rule: 'each-line',
    width: MESSAGE_WIDTH,
    postedAt: 'Today at 08:00',
  });
}

function digestPage(language: 'ar' | 'en'): string {
  const place = { outboxId: '1', position: 1, roleId: null };
  return messagePage(renderDigest(digestIn(language, 4), place) as MessageBody);
}

function terminalPage(): string {
  const shown = (['en', 'ar'] as const).map((language) =>
    renderDigestForTerminal(digestIn(language, 2), {
      width: TERMINAL_COLUMNS,
      colour: true,
      now: MORNING,
    }),
  );
  return renderTerminalPage(shown, TERMINAL_WIDTH);
}

/** A picture is a file name, the width of its page, and what the page shows. */
const PICTURES: { name: string; width: number; html: () => string }[] = [
  { name: 'digest-en.png', width: MESSAGE_WIDTH, html: () => digestPage('en') },
  { name: 'digest-ar.png', width: MESSAGE_WIDTH, html: () => digestPage('ar') },
  { name: 'terminal.png', width: TERMINAL_WIDTH, html: terminalPage },
];

describe.skipIf(chromium === null)('the pictures of the README', () => {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());

  it.each(PICTURES)('$name is taken', async ({ name, width, html }) => {
    const page = await browser?.newPage({
      viewport: { width, height: 100 },
      deviceScaleFactor: 2,
    });
    const path = fileURLToPath(new URL(name, FOLDER));
    await page?.setContent(html());
    const taken = await page?.screenshot({ fullPage: true });
    await page?.close();
    const picture = await sharp(taken)
      .png({ palette: true, colours: COLOURS, dither: 0, compressionLevel: 9, effort: 10 })
      .toFile(path);
    expect(picture.size).toBeLessThan(LARGEST_BYTES);
  });
});
