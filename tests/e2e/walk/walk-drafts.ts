import { expect, it } from 'vitest';
import { textOf } from '../../discord/text-of.ts';
import type { World } from './open-world.ts';
import { buttonIn, formOf, type Walker } from './walker.ts';

const DAILY = { schedule: 'daily' };

/** `/subscribe`: every option, its draft's buttons and forms, and every mistake. */
export function walkDrafts(walker: () => Walker, world: () => World): void {
  it('/subscribe takes every option and choice, and keeps what is confirmed', async () => {
    const { command, press, someone, place } = walker();
    const rows: Record<string, string | number | boolean>[] = [
      { schedule: 'instant', severity: 'low', 'role-severity': 'low' },
      { schedule: 'hourly', language: 'both', severity: 'medium' },
      { ...DAILY, at: '08:00', timezone: 'Asia/Riyadh', language: 'ar', 'role-severity': 'medium' },
      { schedule: 'weekly', weekday: 1, at: '٧:٣٠', language: 'en', severity: 'high' },
      { ...DAILY, topic: 'ransomware,fraud', source: 'Cyber Ledger', severity: 'critical' },
      { ...DAILY, keyword: 'topic:ransomware AND (port OR "مرفأ") NOT language:en' },
    ];
    for (const options of rows) {
      const own = someone();
      const draft = await command('subscribe', options, own);
      const kept = await press(buttonIn(draft, 'confirm'), own);
      expect(textOf(kept.message)).toMatch(/^✅/);
    }
    const others: typeof rows = [
      ...[2, 3, 4, 5, 6, 7].map((weekday) => ({ schedule: 'weekly', weekday })),
      { ...DAILY, role: place.role, 'role-severity': 'high', follow: true },
      { ...DAILY, role: place.role, 'role-severity': 'critical', follow: false },
      ...[place.announcements, place.forum, place.quiet].map((channel) => ({ ...DAILY, channel })),
    ];
    for (const options of others) buttonIn(await command('subscribe', options), 'confirm');
  });

  it.each([
    [{ at: '25:00' }, '25:00'],
    [{ timezone: 'Asia/Ryadh' }, 'Asia/Ryadh'],
    [{ topic: 'gossip' }, 'gossip'],
    [{ source: 'The Onion' }, 'The Onion'],
    [{ keyword: ' ' }, '1'],
    [{ keyword: '""' }, ''],
    [{ keyword: 'bank AND "open' }, '10'],
    [{ keyword: 'bank AND (open' }, '10'],
    [{ keyword: 'bank AND' }, '9'],
    [{ keyword: 'bank )' }, '6'],
    [{ keyword: 'bank topic:' }, '12'],
    [{ keyword: 'bank AND topic:gossip' }, '16'],
    [{ keyword: 'severity:awful' }, '10'],
    [{ keyword: 'language:fr' }, '10'],
    [{ keyword: 'bank AND source:"The Onion"' }, '17'],
  ])('/subscribe %j is refused with the place of the mistake', async (options, named) => {
    const { message } = await walker().command('subscribe', { ...DAILY, ...options });
    expect(textOf(message)).toMatch(/^⚠/);
    expect(textOf(message)).toContain(named);
  });

  it('/subscribe to a channel where Rasid may not post is refused with what it lacks', async () => {
    const { command, place, frame } = walker();
    const said = async (options: { channel: string; follow?: boolean }) =>
      textOf((await command('subscribe', { ...DAILY, ...options })).message);
    expect(await said({ channel: place.closed })).toContain('Send Messages');
    expect(await said({ channel: place.threadless, follow: true })).toContain(
      'Create Public Threads',
    );
    expect(await said({ channel: world().openPlace(frame).news })).toContain('View Channel');
  });

  it.each([
    ['timezone', 'cai', 'الرياض'],
    ['topic', 'rans', 'فدية'],
    ['source', 'Cyber', 'الأفق'],
  ])('/subscribe completes %s in both scripts', async (option, latin, arabic) => {
    for (const typed of [latin, arabic]) {
      const choices = await walker().complete('subscribe', option, typed, DAILY);
      expect(choices.length).toBeGreaterThan(0);
    }
  });

  it('a draft’s form refuses mistakes, and the draft stays', async () => {
    const { command, press, submit, someone } = walker();
    const own = someone();
    let draft = await command('subscribe', DAILY, own);
    const form = formOf(await press(buttonIn(draft, 'revise'), own));
    for (const values of [
      { when: 'sometimes' },
      { when: 'daily 25:00' },
      { when: 'daily 08:00 Asia/Ryadh' },
      { topics: 'gossip' },
      { sources: 'The Onion' },
      { keyword: 'bank AND' },
      { keyword: 'bank '.repeat(70) },
    ]) {
      draft = await submit(form, values, own);
      expect(textOf(draft.message)).toMatch(/^⚠/);
    }
    buttonIn(draft, 'confirm');
  });

  it('a draft is changed by its forms, is its author’s alone, and is cancelled', async () => {
    const { command, press, submit, someone, place } = walker();
    const own = someone();
    let draft = await command('subscribe', DAILY, own);
    const form = formOf(await press(buttonIn(draft, 'revise'), own));
    const good = {
      when: 'weekly friday 9:30',
      what: 'both:high',
      topics: 'fraud',
      sources: '',
      keyword: 'bank',
    };
    draft = await submit(form, good, own);
    expect(draft.updated).toBe(true);
    const where = formOf(await press(buttonIn(draft, 'replace'), own));
    const closed = await submit(where, { channel: place.closed }, own);
    expect(textOf(closed.message)).toMatch(/^⚠/);
    expect(textOf((await submit(where, { channel: '' }, own)).message)).toMatch(/^⚠/);
    const changed = {
      channel: place.forum,
      role: place.role,
      'role-severity': 'high',
      follow: 'yes',
    };
    draft = await submit(where, changed, own);
    expect(textOf(draft.message)).toContain(place.forum);
    const cancel = buttonIn(draft, 'cancel');
    const colleague = await press(buttonIn(draft, 'confirm'));
    expect(textOf(colleague.message)).toContain('/subscribe');
    const cancelled = await press(cancel, own);
    expect(textOf(cancelled.message)).not.toMatch(/^⚠/);
  });

  it('a draft that is an hour old is gone', async () => {
    const { command, press, someone } = walker();
    const own = someone();
    const draft = await command('subscribe', DAILY, own);
    await world().db.query(
      "UPDATE subscription_drafts SET created_at = created_at - interval '2 hours'",
    );
    const ids = ['revise', 'replace', 'confirm'].map((kind) => buttonIn(draft, kind));
    for (const id of ids) {
      const late = await press(id, own);
      expect(textOf(late.message)).toContain('/subscribe');
    }
  });
}
