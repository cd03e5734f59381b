import { type Client, Events } from 'discord.js';
import { nextDue } from '../digest/next-due.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Database } from '../store/db.ts';
import { getGuildSettings } from '../store/settings-store.ts';
import {
  listLostSubscriptions,
  listSubscriptions,
  pauseChannel,
  pauseGuild,
  resumeSubscription,
  takeUntold,
} from '../store/subscription-store.ts';
import { missingPermissions } from './channel-access.ts';
import { namesOf, sendDirectMessage } from './direct-message.ts';
import type { DiscordLog } from './discord-log.ts';
import { messagesIn } from './messages/messages-in.ts';
import { forgetDeletedRoles } from './watch-roles.ts';

interface WatchDeps {
  client: Client;
  db: Database;
  log: DiscordLog;
  clock(): Date;
}

/** After a loss that nobody chose, a digest looks back as far as a week. */
const MAX_CATCH_UP_MS = 7 * 24 * 3_600_000;

export interface AccessWatch {
  /** Resumes what can be posted again, tells who created what cannot, and forgets roles that were deleted. Never rejects. */
  check(): Promise<void>;
}

/**
 * Keeps subscriptions in step with what the bot may do: it pauses them when the bot is removed, a channel deleted or a
 * permission taken away (also with the role that carried it), and resumes them when that is mended.
 */
export function watchAccess(deps: WatchDeps): AccessWatch {
  const { client, db, log } = deps;
  const guarded = (work: () => Promise<unknown>) => async () => {
    try {
      await work();
    } catch (error) {
      log.error(
        { err: error },
        'the bot’s access to channels could not be looked at; trying again',
      );
    }
  };
  const check = guarded(() => checkAll(deps));
  const run = (work: () => Promise<unknown>) => void guarded(work)().then(check);
  client.on(Events.GuildDelete, ({ id }) => run(() => pauseGuild(db, id, 'bot-removed')));
  client.on(Events.ChannelDelete, ({ id }) => run(() => pauseChannel(db, id, 'channel-gone')));
  client.on(Events.ThreadDelete, ({ id }) => run(() => pauseChannel(db, id, 'channel-gone')));
  client.on(Events.ChannelUpdate, (_before, channel) => {
    if ('guildId' in channel) run(() => pauseForbidden(deps, channel.guildId));
  });
  client.on(Events.GuildRoleUpdate, ({ guild }) => run(() => pauseForbidden(deps, guild.id)));
  client.on(Events.GuildRoleDelete, ({ guild }) => run(() => pauseForbidden(deps, guild.id)));
  client.on(Events.GuildMemberUpdate, (_before, { id, guild }) => {
    if (id === client.user?.id) run(() => pauseForbidden(deps, guild.id));
  });
  client.on(Events.GuildCreate, () => void check());
  client.on(Events.ThreadUpdate, () => void check());
  return { check };
}

/** Those that the bot can see and may not write to. One that it cannot see may only be out of the gateway's view: posting will tell. */
async function pauseForbidden({ client, db }: WatchDeps, guildId: string): Promise<void> {
  for (const subscription of await listSubscriptions(db, guildId)) {
    const missing = missingPermissions(client, subscription);
    const lost = missing?.some((name) => name !== 'CreatePublicThreads') ?? false;
    if (!subscription.paused && lost) await pauseChannel(db, subscription.channelId, 'forbidden');
  }
}

async function checkAll(deps: WatchDeps): Promise<void> {
  if (!deps.client.isReady()) return;
  for (const subscription of await listLostSubscriptions(deps.db)) {
    if (missingPermissions(deps.client, subscription)?.length === 0)
      await resume(deps, subscription);
  }
  // Told at most once: noted before it is sent.
  for (const subscription of await takeUntold(deps.db, deps.clock()))
    await tell(deps, subscription);
  await forgetDeletedRoles(deps);
}

async function resume({ db, log, clock }: WatchDeps, subscription: Subscription): Promise<void> {
  const now = clock();
  const earliest = new Date(now.getTime() - MAX_CATCH_UP_MS);
  const { coveredUntil } = subscription;
  await resumeSubscription(db, subscription.id, {
    nextDueAt: nextDue(subscription, now),
    coveredUntil: coveredUntil > earliest ? coveredUntil : earliest,
  });
  const fields = { subscription: subscription.id, channel: subscription.channelId };
  log.info(fields, 'the channel can be posted to again: its subscription goes on');
}

/** To whoever created it. */
async function tell(deps: WatchDeps, subscription: Subscription): Promise<void> {
  const { guildId, channelId, createdBy, pauseReason } = subscription;
  const settings = await getGuildSettings(deps.db, guildId);
  const messages = messagesIn(settings.language);
  const reasons: Record<string, string> = messages.subscription.pausedReason;
  const { server, channel } = namesOf(deps.client, guildId, channelId);
  const text = messages.access.waits(server, channel, reasons[pauseReason ?? ''] ?? '');
  await sendDirectMessage(deps, createdBy, text, settings);
}
