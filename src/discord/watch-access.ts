import {
  type Client,
  Events,
  MessageFlags,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
} from 'discord.js';
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
import type { DiscordLog } from './discord-log.ts';
import { escapeText, isolateMarkup } from './escape-text.ts';
import { messagesIn } from './messages/messages-in.ts';
import { textBlock } from './reply.ts';

interface WatchDeps {
  client: Client;
  db: Database;
  log: DiscordLog;
  clock(): Date;
}

/** After a loss that nobody chose, a digest looks back as far as a week. */
const MAX_CATCH_UP_MS = 7 * 24 * 3_600_000;

export interface AccessWatch {
  /** Resumes what can be posted again, and tells who created what cannot. Never rejects. */
  check(): Promise<void>;
}

/**
 * Keeps subscriptions in step with what the bot may do: it pauses them when the bot is removed, a channel deleted or a
 * permission taken away, and resumes them when that is mended.
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

/** A direct message to whoever created it; who takes none is not told. */
async function tell({ client, db, log }: WatchDeps, subscription: Subscription): Promise<void> {
  const settings = await getGuildSettings(db, subscription.guildId);
  const messages = messagesIn(settings.language);
  const reasons: Record<string, string> = messages.subscription.pausedReason;
  const server = client.guilds.cache.get(subscription.guildId)?.name ?? subscription.guildId;
  const channel = client.channels.cache.get(subscription.channelId);
  const name = channel !== undefined && 'name' in channel ? `#${channel.name}` : null;
  const text = messages.access.waits(
    isolateMarkup(escapeText(server)),
    name === null ? isolateMarkup(`<#${subscription.channelId}>`) : isolateMarkup(escapeText(name)),
    reasons[subscription.pauseReason ?? ''] ?? '',
  );
  try {
    const dm = (await client.rest.post(Routes.userChannels(), {
      body: { recipient_id: subscription.createdBy },
    })) as RESTPostAPICurrentUserCreateDMChannelResult;
    await client.rest.post(Routes.channelMessages(dm.id), {
      body: {
        flags: MessageFlags.IsComponentsV2,
        components: [textBlock([text], { settings })],
        allowed_mentions: { parse: [] },
      },
    });
  } catch (error) {
    log.info({ subscription: subscription.id, err: error }, 'its creator takes no direct message');
  }
}
