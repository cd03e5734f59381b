import { EVERYONE, type FakeChannel, type FakeGuild, type FakeRole, type State } from './state.ts';

/** GUILD_CREATE as the gateway sends it, with what discord.js reads. */
export function guildPayload(state: State, guild: FakeGuild): object {
  const channels = [...state.channels.values()].filter(({ guildId }) => guildId === guild.id);
  const isThread = ({ type }: FakeChannel) => type >= 10 && type <= 12;
  return {
    id: guild.id,
    name: guild.name,
    owner_id: '1',
    icon: null,
    features: [],
    preferred_locale: 'en-US',
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    premium_tier: 0,
    nsfw_level: 0,
    system_channel_flags: 0,
    roles: [everyoneRole(guild), ...guild.roles.map((role) => roleFields(guild, role))],
    emojis: [],
    stickers: [],
    joined_at: state.clock().toISOString(),
    large: false,
    unavailable: false,
    member_count: 2,
    voice_states: [],
    members: [botMember(state, guild)],
    channels: channels
      .filter((channel) => !isThread(channel))
      .map((channel) => channelPayload(state, channel)),
    threads: channels.filter(isThread).map((channel) => channelPayload(state, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** GUILD_ROLE_CREATE and GUILD_ROLE_UPDATE; without a role, of `@everyone`. */
export function rolePayload(guild: FakeGuild, role?: FakeRole): object {
  return { guild_id: guild.id, role: role ? roleFields(guild, role) : everyoneRole(guild) };
}

/** A role as it comes with whatever names it: the bot's idea of it must not change by that. One that was deleted comes bare. */
export function resolvedRole(guild: FakeGuild, id: string): object {
  if (id === guild.id) return everyoneRole(guild);
  const role = guild.roles.find((candidate) => candidate.id === id);
  return roleFields(guild, role ?? { id, name: 'deleted' });
}

/** GUILD_MEMBER_UPDATE of the bot itself, which comes without the intent for members. */
export function botMemberPayload(state: State, guild: FakeGuild): object {
  return { guild_id: guild.id, ...botMember(state, guild) };
}

function botMember(state: State, guild: FakeGuild) {
  return {
    user: { ...state.bot, discriminator: '0000', avatar: null, bot: true },
    roles: guild.roles.filter(({ ofBot }) => ofBot).map(({ id }) => id),
    joined_at: state.clock().toISOString(),
    deaf: false,
    mute: false,
    flags: 0,
  };
}

function roleFields(guild: FakeGuild, { id, name, permissions = EVERYONE }: FakeRole): object {
  return { ...everyoneRole(guild), id, name, permissions: String(permissions) };
}

function everyoneRole(guild: FakeGuild) {
  return {
    id: guild.id,
    name: '@everyone',
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions: String(guild.everyone ?? EVERYONE),
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

function threadFields(state: State, { ownerId, appliedTags = [] }: FakeChannel): object {
  return {
    owner_id: ownerId,
    applied_tags: appliedTags,
    message_count: 0,
    member_count: 1,
    thread_metadata: {
      archived: false,
      auto_archive_duration: 4320,
      archive_timestamp: state.clock().toISOString(),
      locked: false,
    },
  };
}

function forumFields({ tags = [], tagRequired = false }: FakeChannel): object {
  return {
    available_tags: tags.map((tag) => ({
      ...tag,
      moderated: false,
      emoji_id: null,
      emoji_name: null,
    })),
    flags: tagRequired ? 1 << 4 : 0,
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
}

export function channelPayload(state: State, channel: FakeChannel): object {
  return {
    id: channel.id,
    guild_id: channel.guildId,
    name: channel.name,
    type: channel.type,
    position: 0,
    parent_id: channel.parentId ?? null,
    ...(channel.ownerId === undefined ? {} : threadFields(state, channel)),
    ...(channel.type === 15 ? forumFields(channel) : {}),
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: null,
    permission_overwrites: overwrites(state, channel),
  };
}

const VIEW_CHANNEL = 1n << 10n;

function overwrites(state: State, { guildId, denied, hidden = false }: FakeChannel): object[] {
  const own = { id: state.bot.id, type: 1, allow: hidden ? String(VIEW_CHANNEL) : '0' };
  return [
    ...(hidden ? [{ id: guildId, type: 0, allow: '0', deny: String(VIEW_CHANNEL) }] : []),
    ...(denied === 0n && !hidden ? [] : [{ ...own, deny: String(denied) }]),
  ];
}
