import { COMPONENTS_V2, EPHEMERAL, flatten } from './check-message.ts';
import { commandData, type OptionValues, resolved } from './command-data.ts';
import type { Gateway } from './gateway.ts';
import { channelPayload } from './guild-payload.ts';
import type {
  FakeForm,
  FakeInteraction,
  FakeMessage,
  InteractionKind,
  InteractionReply,
  State,
} from './state.ts';

/** Who does something, and where. */
export interface Asker {
  guildId: string;
  channelId: string;
  userId?: string;
  /** Permission bits; `MANAGE_GUILD` alone when left out. */
  permissions?: bigint;
  roles?: string[];
  joinedAt?: string;
}

const MANAGE_GUILD = 1n << 5n;

const INTERACTION_TYPE: Record<InteractionKind, number> = {
  command: 2,
  component: 3,
  autocomplete: 4,
  form: 5,
};

/** Fields of a message that nothing here fills in, but that the gateway always sends. */
const MESSAGE_DEFAULTS = {
  mentions: [],
  mention_roles: [],
  attachments: [],
  pinned: false,
  tts: false,
  type: 0,
  edited_timestamp: null,
  mention_everyone: false,
};

/** After an acknowledgement the answer may take longer; Discord gives 15 minutes, a test less. */
const ANSWER_MS = 10_000;

export interface Interactions {
  sendCommand(name: string, options: OptionValues, asker: Asker): Promise<InteractionReply>;
  autocomplete(
    name: string,
    options: OptionValues,
    focused: string,
    asker: Asker,
  ): Promise<InteractionReply['choices']>;
  /** Presses a button; it is looked for in the channel and among what the asker alone sees, newest first. */
  press(customId: string, asker: Asker): Promise<InteractionReply>;
  /** Sends a form that the bot opened under the button `customId`, with these values instead of those in it. */
  submit(
    form: Omit<FakeForm, 'hints'>,
    values: Record<string, string>,
    asker: Asker,
  ): Promise<InteractionReply>;
}

export function createInteractions(
  state: State,
  gateway: Gateway,
  deadlineMs: number,
): Interactions {
  const send = (kind: InteractionKind, asker: Asker, data: object, source: FakeMessage | null) => {
    const opened = openInteraction(state, kind, asker.channelId, source, deadlineMs);
    state.interactions.set(opened.interaction.token, opened.interaction);
    gateway.dispatch('INTERACTION_CREATE', {
      ...interactionPayload(state, opened.interaction, asker),
      type: INTERACTION_TYPE[kind],
      data,
      ...(source === null ? {} : { message: { ...source, ...MESSAGE_DEFAULTS } }),
    });
    return opened.promise;
  };
  const sendNamed = async (
    kind: 'command' | 'autocomplete',
    name: string,
    options: OptionValues,
    asker: Asker,
    focused: string | null,
  ) => {
    await gateway.ready();
    await commandsRegistered(state);
    return send(kind, asker, commandData(state, name, options, asker.guildId, focused), null);
  };
  return {
    sendCommand: (name, options, asker) => sendNamed('command', name, options, asker, null),
    autocomplete: async (name, options, focused, asker) =>
      (await sendNamed('autocomplete', name, options, asker, focused)).choices,
    press: async (customId, asker) => {
      await gateway.ready();
      const source = findButton(state, customId, asker.channelId);
      const data = { custom_id: customId, component_type: 2, id: 1 };
      return send('component', asker, data, source);
    },
    submit: async (form, values, asker) => {
      await gateway.ready();
      return send(
        'form',
        asker,
        formData(state, form, values, asker.guildId),
        findButton(state, form.customId, asker.channelId),
      );
    },
  };
}

const TEXT_INPUT = 4;
const ROLE_SELECT = 6;
const CHANNEL_SELECT = 8;

/** As Discord sends a form back: each label with what its field holds now. */
function formData(
  state: State,
  form: Omit<FakeForm, 'hints'>,
  values: Record<string, string>,
  guildId: string,
): object {
  const held = form.fields.map((field) => ({ ...field, value: values[field.id] ?? field.value }));
  const chosen = (wanted: number) =>
    held.filter(({ type, value }) => type === wanted && value !== '').map(({ value }) => value);
  return {
    custom_id: form.customId,
    components: held.map(({ id, type, value }, index) => ({
      type: 18,
      id: index * 2 + 1,
      component: {
        type,
        id: index * 2 + 2,
        custom_id: id,
        ...(type === TEXT_INPUT ? { value } : { values: value === '' ? [] : [value] }),
      },
    })),
    resolved: resolved(state, guildId, {
      channels: chosen(CHANNEL_SELECT),
      roles: chosen(ROLE_SELECT),
    }),
  };
}

/** A bot registers its commands right after it has connected. */
async function commandsRegistered(state: State): Promise<void> {
  for (let tries = 0; tries < 200 && state.registrations === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function openInteraction(
  state: State,
  kind: InteractionKind,
  channelId: string,
  source: FakeMessage | null,
  deadlineMs: number,
): { promise: Promise<InteractionReply>; interaction: FakeInteraction } {
  const { promise, resolve, reject } = withResolvers<InteractionReply>();
  const id = state.nextId();
  const fail = (reason: string) => {
    state.violations.push(`interaction ${id} (${kind}): ${reason}`);
    reject(new Error(reason));
  };
  let timer = setTimeout(() => fail(`not acknowledged within ${deadlineMs} ms`), deadlineMs);
  const interaction: FakeInteraction = {
    id,
    token: `token-${id}`,
    kind,
    channelId,
    source,
    sentAtMs: Date.now(),
    callback: null,
    ephemeral: false,
    reply: null,
    onAcknowledged: () => {
      clearTimeout(timer);
      if (!settled)
        timer = setTimeout(
          () => fail(`acknowledged, but not answered within ${ANSWER_MS} ms`),
          ANSWER_MS,
        );
    },
    settle: (reply) => {
      settled = true;
      clearTimeout(timer);
      resolve(reply);
    },
    fail,
  };
  let settled = false;
  return { promise, interaction };
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

function interactionPayload(state: State, interaction: FakeInteraction, asker: Asker): object {
  const channel = state.channels.get(asker.channelId);
  return {
    id: interaction.id,
    application_id: state.applicationId,
    token: interaction.token,
    version: 1,
    guild_id: asker.guildId,
    guild: { id: asker.guildId, locale: 'en-US', features: [] },
    channel_id: asker.channelId,
    channel: channel === undefined ? undefined : channelPayload(state, channel),
    member: {
      user: userPayload(asker),
      roles: asker.roles ?? [],
      joined_at: asker.joinedAt ?? '2020-01-01T00:00:00.000Z',
      deaf: false,
      mute: false,
      flags: 0,
      permissions: String(asker.permissions ?? MANAGE_GUILD),
    },
    app_permissions: '0',
    locale: 'en-US',
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { '0': asker.guildId },
    context: 0,
    attachment_size_limit: 10_485_760,
  };
}

function userPayload({ userId = '100' }: Asker): object {
  return {
    id: userId,
    username: `member-${userId}`,
    discriminator: '0',
    avatar: null,
    global_name: null,
  };
}

function findButton(state: State, customId: string, channelId: string): FakeMessage {
  const all = [
    ...(state.messages.get(channelId) ?? []),
    ...[...state.ephemeral.values()].filter((message) => message.channel_id === channelId),
  ];
  const holder = all.findLast(({ components }) =>
    flatten(components ?? []).some(
      (component) => component.custom_id === customId && component.disabled !== true,
    ),
  );
  // A forged id still arrives with some message: as a member with a modified client would send it.
  return holder ?? forgedMessage(state, channelId);
}

function forgedMessage(state: State, channelId: string): FakeMessage {
  return {
    id: state.nextId(),
    channel_id: channelId,
    author: { ...state.bot, bot: true, discriminator: '0000', avatar: null },
    timestamp: state.clock().toISOString(),
    components: [{ type: 10, content: 'forged' }],
    flags: EPHEMERAL | COMPONENTS_V2,
  };
}
