import { expect, it } from 'vitest';
import { textOf } from '../../discord/text-of.ts';
import type { World } from './open-world.ts';
import { buttonIn, type Walker } from './walker.ts';

const MEMBER = { permissions: 0n };

/** Who may not, who asks too fast, what is forged, and a database that does not answer. */
export function walkRefusals(walker: () => Walker, world: () => World): void {
  it.each([
    ['subscribe', { schedule: 'daily' }],
    ['subscriptions', {}],
    ['unsubscribe', { subscription: '1' }],
    ['settings', {}],
    ['sources add', { url: 'https://example.com' }],
    ['sources remove', { source: '1' }],
  ] as const)('/%s is for those who manage the server', async (name, options) => {
    const { message } = await walker().command(name, options, MEMBER);
    expect(textOf(message)).toMatch(/^⚠.*Manage Server/);
  });

  it('so is every button that changes something', async () => {
    const { press } = walker();
    for (const id of CHANGING) {
      const { message, form } = await press(id, MEMBER);
      expect(form).toBeNull();
      expect(textOf(message)).toMatch(/^⚠.*Manage Server/);
    }
  });

  it.each(['x', 'more:1', 'page:-1:::', 'vote:1:love', 'rest-page:1:-1', 'confirm:1:1', ''])(
    'a forged button %j is answered and does nothing',
    async (customId) => {
      const { message } = await walker().press(customId || 'nothing', {});
      expect(textOf(message)).toMatch(/^⚠/);
    },
  );

  it('a form that nobody was shown is answered and does nothing', async () => {
    const { submit } = walker();
    for (const customId of ['edit:999999', 'x', 'more:1:1']) {
      const form = { customId, title: 'x', fields: [], hints: [] };
      expect(textOf((await submit(form, {})).message)).toMatch(/^⚠/);
    }
  });

  it('who asks too fast is told when to go on, and the others are answered', async () => {
    const { command, someone } = walker();
    const own = someone();
    const asked = Array.from({ length: 20 }, () => command('help', {}, own));
    const answers = (await Promise.all(asked)).map(({ message }) => textOf(message));
    expect(answers.filter((answer) => answer.startsWith('⚠')).length).toBeGreaterThan(0);
    expect(answers.filter((answer) => !answer.startsWith('⚠')).length).toBeGreaterThan(10);
    expect(textOf((await command('help')).message)).not.toMatch(/^⚠/);
  });

  it('results of a day ago are not turned any more', async () => {
    const { command, press, someone } = walker();
    const own = someone();
    const found = await command('search', { query: 'attack' }, own);
    await world().db.query("UPDATE searches SET created_at = created_at - interval '2 days'");
    const late = await press(buttonIn(found, 'found', true), own);
    expect(textOf(late.message)).toContain('/search');
  });

  it('a failure on our side is said in the language of the server', async () => {
    const { command } = walker();
    const { db } = world();
    await command('help');
    await db.query('ALTER TABLE guild_settings RENAME TO guild_settings_away');
    try {
      expect(textOf((await command('help')).message)).toMatch(/^⚠/);
    } finally {
      await db.query('ALTER TABLE guild_settings_away RENAME TO guild_settings');
    }
  });

  it('a form that the database keeps waiting is given up with a word', async () => {
    const { press, command } = walker();
    const { db } = world();
    await command('help');
    await db.transaction(async (tx) => {
      await tx.query('LOCK TABLE guild_settings IN ACCESS EXCLUSIVE MODE');
      expect(textOf((await press('edit:1')).message)).toMatch(/^⚠/);
    });
  });
}

const CHANGING = [
  'begin',
  'list:0',
  ...['preview', 'pause', 'resume', 'edit', 'move', 'delete', 'keep', 'confirm-delete'],
  ...['confirm', 'revise', 'replace', 'cancel', 'add-source', 'drop-source'],
].map((kind) => (kind.includes(':') || kind === 'begin' ? kind : `${kind}:1`));
