import { beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../discord/text-of.ts';
import type { Frame, World } from './open-world.ts';
import { buttonIn, createWalker, type Seen, type Walker } from './walker.ts';

/** The bot is started anew, as by an operator who lets it read the public internet alone. */
export function walkRestart(world: () => World, seen: Record<Frame, Seen>): void {
  describe('after a restart', () => {
    const found: Record<
      string,
      { walker: Walker; pages: string; latest: string; own: { userId: string } }
    > = {};

    beforeAll(async () => {
      for (const frame of ['ar', 'en'] as const) {
        const walker = createWalker(world(), world().openPlace(frame), seen[frame]);
        await walker.command('settings', { language: frame });
        const own = walker.someone();
        const pages = buttonIn(
          await walker.command('search', { query: 'attack' }, own),
          'found',
          true,
        );
        const latest = buttonIn(await walker.command('latest'), 'page', true);
        found[frame] = { walker, own, pages, latest };
      }
      await world().restart({ RASID_ALLOW_PRIVATE_NETWORKS: 'false' });
    });

    it.each(['ar', 'en'])('pages that were shown before are still turned (%s)', async (frame) => {
      const before = found[frame];
      if (before === undefined) throw new Error('nothing was shown');
      const { walker, pages, latest, own } = before;
      expect((await walker.press(pages, own)).updated).toBe(true);
      expect((await walker.press(latest)).updated).toBe(true);
    });

    it.each([
      ['ar', 'ليس على الإنترنت العام'],
      ['en', 'not on the public internet'],
    ])('a private address is never read (%s)', async (frame, words) => {
      for (const url of [world().feeds.url('/site'), 'http://169.254.169.254/', 'http://[::1]/']) {
        const reply = await found[frame]?.walker.command('sources add', { url });
        expect(textOf(reply?.message ?? null)).toContain(words);
      }
    });
  });
}
