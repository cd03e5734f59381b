import { beforeEach, describe, expect, it } from 'vitest';
import {
  advanceSubscription,
  bringForward,
  deleteSubscription,
  findSubscription,
  listSubscriptions,
  lockDueSubscription,
  pauseChannel,
  pauseSubscription,
  resumeSubscription,
} from '../../src/store/subscription-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeNewSubscription, makeSubscription, minutesLater, NOW } from './rows.ts';

const database = useTestDatabase({ poolSize: 8 });
beforeEach(() => database.clear());

describe('subscriptions of a server', () => {
  it('are read back as they were made', async () => {
    const { db } = database;
    const wanted = makeNewSubscription({ guildId: 'a', keyword: 'فدية AND بنك', roleId: '42' });
    const made = await makeSubscription(db, wanted, minutesLater(5));
    expect(made).toEqual({
      ...wanted,
      id: expect.any(String),
      createdAt: NOW,
      nextDueAt: minutesLater(5),
      coveredUntil: NOW,
      paused: false,
      pauseReason: null,
    });
    expect(await findSubscription(db, 'a', made.id)).toEqual(made);
    expect(await listSubscriptions(db, 'a')).toEqual([made]);
  });

  it('are hidden from other servers and cannot be deleted by them', async () => {
    const { db } = database;
    const made = await makeSubscription(db, { guildId: 'mine' });
    expect(await findSubscription(db, 'other', made.id)).toBeNull();
    expect(await deleteSubscription(db, 'other', made.id)).toBe(false);
    expect(await findSubscription(db, 'mine', 'DROP TABLE')).toBeNull();
    expect(await deleteSubscription(db, 'mine', made.id)).toBe(true);
    expect(await deleteSubscription(db, 'mine', made.id)).toBe(false);
  });

  it('stop with a reason, and go on from where they are told', async () => {
    const { db } = database;
    const one = await makeSubscription(db, { guildId: 'p', channelId: 'lost' });
    const two = await makeSubscription(db, { guildId: 'p', channelId: 'lost' });
    await pauseSubscription(db, one.id, 'by hand');
    expect(await pauseChannel(db, 'lost', 'channel-gone')).toBe(1);
    expect(await listSubscriptions(db, 'p')).toMatchObject([
      { paused: true, pauseReason: 'by hand' },
      { paused: true, pauseReason: 'channel-gone' },
    ]);
    const options = { nextDueAt: minutesLater(60), coveredUntil: minutesLater(59) };
    await resumeSubscription(db, two.id, options);
    expect(await findSubscription(db, 'p', two.id)).toMatchObject({
      ...options,
      paused: false,
      pauseReason: null,
    });
  });
});

describe('a due subscription', () => {
  it('is given to one composer: the longest due first, never a paused one', async () => {
    const { db } = database;
    const late = await makeSubscription(db, {}, minutesLater(-10));
    const later = await makeSubscription(db, {}, minutesLater(-5));
    const paused = await makeSubscription(db, {}, minutesLater(-20));
    await makeSubscription(db, {}, minutesLater(1));
    await pauseSubscription(db, paused.id, 'by hand');
    await db.transaction(async (first) => {
      expect((await lockDueSubscription(first, NOW))?.id).toBe(late.id);
      await db.transaction(async (second) => {
        expect((await lockDueSubscription(second, NOW))?.id).toBe(later.id);
      });
      await advanceSubscription(first, late.id, { nextDueAt: minutesLater(60), coveredUntil: NOW });
    });
    await advanceSubscription(db, later.id, { nextDueAt: minutesLater(60), coveredUntil: NOW });
    expect(await lockDueSubscription(db, NOW)).toBeNull();
  });

  it('comes forward when stories arrive, except one that a composer holds, which is not waited for', async () => {
    const { db } = database;
    const held = await makeSubscription(db, { schedule: 'instant' }, NOW);
    const idle = await makeSubscription(db, { schedule: 'instant' }, minutesLater(15));
    const daily = await makeSubscription(db, { schedule: 'daily' }, minutesLater(15));
    await db.transaction(async (composer) => {
      expect((await lockDueSubscription(composer, NOW))?.id).toBe(held.id);
      expect(await bringForward(db, { schedule: 'instant', now: minutesLater(-1) })).toBe(1);
    });
    expect((await findSubscription(db, 'guild', idle.id))?.nextDueAt).toEqual(minutesLater(-1));
    expect((await findSubscription(db, 'guild', daily.id))?.nextDueAt).toEqual(minutesLater(15));
  });
});
