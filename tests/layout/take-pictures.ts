import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDigestForTerminal } from '../../src/terminal/render-digest.ts';
import { renderMessagePage } from '../helpers/discord-page/render-message-page.ts';
import type { Component, MessageBody } from '../helpers/fake-discord/check-message.ts';
import { findChromium, launchChromium } from './open-browser.ts';
import { MORNING, openPictureWorld, type PictureServer } from './picture-world.ts';
import { renderTerminalPage } from './show-terminal.ts';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const LARGEST_BYTES = 150 * 1024;
const COLOURS = 32;
const MESSAGE_WIDTH = 500;
const TERMINAL_WIDTH = 760;
const TERMINAL_COLUMNS = 84;
/** The head of a digest and its first stories: the others are more of the same. */
const SHOWN_OF_A_DIGEST = 5;
const chromium = findChromium('the pictures of the README');

type World = Awaited<ReturnType<typeof openPictureWorld>>;

const SUBJECT = { ar: 'هجوم على الموانئ', en: 'attacks on hospitals' };
/** Told in both languages. */
const STORY = 'Bastion Gate';

function messagePage(message: Pick<MessageBody, 'components'>): string {
  return renderMessagePage([message], {
    now: MORNING,
    rule: 'each-line',
    width: MESSAGE_WIDTH,
    postedAt: 'Today at 08:00',
    channels: {},
  });
}

function digestPage({ posted }: PictureServer): string {
  const [message] = posted();
  const components = message?.components ?? [];
  return messagePage({ components: components.slice(0, SHOWN_OF_A_DIGEST) });
}

async function searchPage({ ask, language }: PictureServer): Promise<string> {
  const { components } = await ask('search', { query: SUBJECT[language] });
  const all = components ?? [];
  const isRow = ({ type }: Component) => type === 1;
  // Three of the five, and the buttons.
  return messagePage({ components: [...all.slice(0, 4), ...all.filter(isRow)] });
}

async function storyPage({ ask, storyCalled }: PictureServer): Promise<string> {
  return messagePage(await ask('story', { story: await storyCalled(STORY) }));
}

async function whyPage({ ask, storyCalled }: PictureServer): Promise<string> {
  return messagePage(await ask('why', { story: await storyCalled(STORY) }));
}

async function terminalPage(world: World): Promise<string> {
  const shown = await Promise.all(
    (['en', 'ar'] as const).map(async (language) =>
      renderDigestForTerminal(await world.digest(language, 2), {
        width: TERMINAL_COLUMNS,
        colour: true,
        now: MORNING,
      }),
    ),
  );
  return renderTerminalPage(shown, TERMINAL_WIDTH);
}

/** A picture is a file name, the width of its page, and what the page shows. */
const PICTURES: {
  name: string;
  width: number;
  scale?: number;
  html: (world: World) => Promise<string>;
}[] = [
  ...(['en', 'ar'] as const).flatMap((language) =>
    Object.entries({
      digest: async (server: PictureServer) => digestPage(server),
      search: searchPage,
      story: storyPage,
      why: whyPage,
    }).map(([what, page]) => ({
      name: `${what}-${language}.png`,
      width: MESSAGE_WIDTH,
      html: (world: World) => page(world[language]),
    })),
  ),
  { name: 'terminal.png', width: TERMINAL_WIDTH, scale: 1.5, html: terminalPage },
];

describe.skipIf(chromium === null)('the pictures of the README', () => {
  let browser: Browser | null = null;
  let world: World | null = null;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
    world = await openPictureWorld();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it.each(PICTURES)('$name is taken', async ({ name, width, scale = 1.75, html }) => {
    if (world === null) throw new Error('no world');
    const shown = await html(world);
    const page = await browser?.newPage({
      viewport: { width, height: 100 },
      deviceScaleFactor: scale,
    });
    const path = fileURLToPath(new URL(name, FOLDER));
    await page?.setContent(shown);
    const taken = await page?.screenshot({ fullPage: true });
    await page?.close();
    const picture = await sharp(taken)
      .png({ palette: true, colours: COLOURS, dither: 0, compressionLevel: 9, effort: 10 })
      .toFile(path);
    expect(picture.size).toBeLessThan(LARGEST_BYTES);
    expect(world.violations).toEqual([]);
  });
});
