import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type Client,
  ComponentType,
  type ModalSubmitInteraction,
  SelectMenuDefaultValueType,
} from 'discord.js';
import { digestLabels } from '../digest/labels.ts';
import { UsageError } from '../domain/errors.ts';
import { SEVERITY_LEVELS } from '../domain/severity.ts';
import type { NewSubscription } from '../domain/subscription.ts';
import { checkChannelAccess } from './channel-access.ts';
import type { ReplyContext } from './command.ts';
import { type ButtonAction, encodeAction } from './custom-id.ts';
import { choiceField, field } from './form-fields.ts';
import { POSTABLE_CHANNELS } from './option-definitions.ts';

/** Where a subscription posts, and whom it calls. */
type Place = Pick<NewSubscription, 'channelId' | 'roleId' | 'roleMinSeverity' | 'follow'>;

/** A form with today's channel, role and threads; `action` is what its answer comes back with. */
export function placeForm(
  action: ButtonAction,
  subscription: NewSubscription,
  client: Client,
  { messages, settings }: ReplyContext,
): APIModalInteractionResponseCallbackData {
  const words = messages.placeForm;
  const levels = digestLabels(settings.language).severity;
  const severities = SEVERITY_LEVELS.map((level) => ({
    label: messages.subscription.severityFrom(levels[level]),
    value: level,
  }));
  const threads = [
    { label: words.followed, value: 'yes' },
    { label: words.notFollowed, value: 'no' },
  ];
  return {
    custom_id: encodeAction(action),
    title: words.title,
    components: [
      channelField(words.channel, subscription, client),
      roleField(words.role, subscription, client),
      choiceField('role-severity', words.roleSeverity, severities, subscription.roleMinSeverity),
      choiceField('follow', words.follow, threads, subscription.follow ? 'yes' : 'no'),
    ],
  };
}

/** What is there no more is not offered as today's value: Discord does not say what it would make of that. */
function channelField(
  label: string,
  { channelId }: NewSubscription,
  client: Client,
): APILabelComponent {
  const known = client.channels.cache.has(channelId);
  return field(label, {
    type: ComponentType.ChannelSelect,
    custom_id: 'channel',
    channel_types: [...POSTABLE_CHANNELS],
    required: true,
    ...(known
      ? { default_values: [{ id: channelId, type: SelectMenuDefaultValueType.Channel }] }
      : {}),
  });
}

function roleField(
  label: string,
  { guildId, roleId }: NewSubscription,
  client: Client,
): APILabelComponent {
  const known =
    roleId !== null && client.guilds.cache.get(guildId)?.roles.cache.has(roleId) === true;
  return field(label, {
    type: ComponentType.RoleSelect,
    custom_id: 'role',
    required: false,
    min_values: 0,
    ...(known ? { default_values: [{ id: roleId, type: SelectMenuDefaultValueType.Role }] } : {}),
  });
}

/**
 * The place as the form now says, where the bot can post.
 * @throws UsageError in the server's language
 */
export function readPlace(
  interaction: ModalSubmitInteraction,
  before: NewSubscription,
  { guildId, messages }: ReplyContext,
): Place {
  const { fields, client } = interaction;
  const channelId = fields.getSelectedChannels('channel')?.firstKey();
  if (channelId === undefined) throw new UsageError('no-channel', messages.placeForm.noChannel);
  const chosen = (id: string) => fields.getStringSelectValues(id)[0];
  const place = {
    channelId,
    roleId: fields.getSelectedRoles('role')?.firstKey() ?? null,
    roleMinSeverity:
      SEVERITY_LEVELS.find((level) => level === chosen('role-severity')) ?? before.roleMinSeverity,
    follow: chosen('follow') === 'yes',
  };
  checkChannelAccess(client, { guildId, ...place }, messages);
  return place;
}
