import { beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../src/discord/commands/all-commands.ts';
import { saveDraft } from '../../src/store/draft-store.ts';
import { saveDigest } from '../../src/store/outbox-store.ts';
import { makeDigest, makeNewSubscription, makeSubscription } from '../store/rows.ts';
import { NOW, useBot } from './start-bot.ts';
import { storeStory } from './store-story.ts';
import { textOf } from './text-of.ts';

const t = useBot();

/** Everything that a server can own, and the ids of its buttons. */
let owned: { guildId: string; channelId: string; ids: string[]; changing: string[] };
let stranger: { guildId: string; channelId: string; userId: string };

beforeAll(async () => {
  const guildId = t.discord.addGuild();
  const channelId = t.discord.addChannel(guildId, 'secret-room');
  const fields = { guildId, channelId, createdBy: '7', keyword: 'secret-word' };
  const subscription = await makeSubscription(t.db, fields);
  const draftId = await saveDraft(t.db, makeNewSubscription(fields), NOW);
  const told = { summary: 'x', language: 'en', outlet: 'BBC', hoursAgo: 1 } as const;
  const shown = await storeStory(t.db, [{ ...told, title: 'Shown' }]);
  const counted = await storeStory(t.db, [{ ...told, title: 'Counted' }]);
  const messages = [makeDigest({ moreCount: 1 })];
  const options = { subscription, dueAt: NOW, storyIds: [shown, counted], messages, now: NOW };
  await saveDigest(t.db, options);
  const [message] = await t.db.query<{ id: string }>('SELECT id FROM outbox');
  const outbox = message?.id ?? '';
  const ofSubscription = [
    'preview',
    'pause',
    'resume',
    'edit',
    'move',
    'delete',
    'confirm-delete',
    'keep',
  ];
  const ofDraft = ['confirm', 'revise', 'replace', 'cancel'];
  const changing = [
    ...ofSubscription.map((kind) => `${kind}:${subscription.id}`),
    ...ofDraft.map((kind) => `${kind}:${draftId}`),
    'list:0',
  ];
  const reading = [
    `more:${outbox}:${shown}`,
    `rest:${outbox}`,
    `rest-page:${outbox}:0`,
    `vote:${shown}:not-cyber`,
    `vote:${counted}:not-cyber`,
  ];
  owned = { guildId, channelId, changing, ids: [...changing, ...reading] };
  const elsewhere = t.discord.addGuild();
  stranger = {
    guildId: elsewhere,
    channelId: t.discord.addChannel(elsewhere, 'elsewhere'),
    userId: '7',
  };
});

/** All that is kept for servers. */
async function everything() {
  const tables = ['subscriptions', 'subscription_drafts', 'votes', 'guild_settings', 'outbox'];
  const rows = tables.map((table) => t.db.query(`SELECT * FROM ${table} ORDER BY 1`));
  return JSON.stringify(await Promise.all(rows));
}

/** Required options, of no meaning. */
function anyOptions(definition: (typeof allCommands)[number]['definition']) {
  const required = (definition.options ?? []).filter(
    (option) => 'required' in option && option.required === true,
  );
  return Object.fromEntries(
    required.map((option) => [
      option.name,
      'choices' in option && option.choices?.[0] !== undefined ? option.choices[0].value : '1',
    ]),
  );
}

const hasSubcommands = ({ definition }: (typeof allCommands)[number]) =>
  (definition.options ?? []).some(({ type }) => type === 1);

describe('a member without Manage Server', () => {
  const commands = allCommands.filter((command) => !hasSubcommands(command));

  it.each(commands.map(({ definition }) => definition.name))(
    '/%s is refused exactly where it changes something, and says so by default permissions',
    async (name) => {
      const command = commands.find(({ definition }) => definition.name === name);
      if (command === undefined) throw new Error(`no command ${name}`);
      const before = await everything();
      const asker = { ...owned, userId: '8', permissions: 0n };
      const { message } = await t.discord.sendCommand(name, anyOptions(command.definition), asker);
      const refused = textOf(message).includes('You need the permission "Manage Server"');
      expect(refused).toBe(command.definition.default_member_permissions !== null);
      expect(await everything()).toBe(before);
    },
  );

  it('presses no button that changes something, nor one of another member’s draft', async () => {
    const before = await everything();
    for (const id of owned.changing) {
      const { message, form } = await t.discord.press(id, {
        ...owned,
        userId: '8',
        permissions: 0n,
      });
      expect({ id, form, text: textOf(message) }).toEqual({
        id,
        form: null,
        text: '⚠ You need the permission "Manage Server" for this.',
      });
    }
    expect(await everything()).toBe(before);
  });
});

const EDIT_FIELDS = [
  { id: 'when', type: 4, label: '', value: 'instant' },
  { id: 'what', type: 3, label: '', value: 'ar:low' },
  { id: 'topics', type: 4, label: '', value: '' },
  { id: 'sources', type: 4, label: '', value: '' },
  { id: 'keyword', type: 4, label: '', value: 'mine' },
];

const placeFields = ({ channelId }: { channelId: string }) => [
  { id: 'channel', type: 8, label: '', value: channelId },
  { id: 'role', type: 6, label: '', value: '' },
  { id: 'role-severity', type: 3, label: '', value: 'low' },
  { id: 'follow', type: 3, label: '', value: 'no' },
];

const readable = allCommands
  .filter((command) => !hasSubcommands(command))
  .map(({ definition }) => definition.name);

describe('whoever manages another server', () => {
  it('cannot send its own digests to a channel there, with a form that names it', async () => {
    const own = await makeSubscription(t.db, stranger);
    const fields = placeFields(owned);
    const form = { customId: `move:${own.id}`, title: 'x', fields };
    const { message } = await t.discord.submit(form, {}, stranger);
    expect(textOf(message)).toContain('cannot see');
    const [after] = await t.db.query('SELECT channel_id FROM subscriptions WHERE id = $1', [
      own.id,
    ]);
    expect(after).toEqual({ channel_id: stranger.channelId });
    await t.db.query('DELETE FROM subscriptions WHERE id = $1', [own.id]);
  });

  it('learns nothing and changes nothing with any button', async () => {
    const before = await everything();
    for (const id of owned.ids) {
      const { message, form } = await t.discord.press(id, stranger);
      expect({ id, form }).toEqual({ id, form: null });
      expect(`${id} ${textOf(message)}`).not.toMatch(
        new RegExp(`${owned.channelId}|secret|Counted|Shown|✅`),
      );
    }
    expect(await everything()).toBe(before);
  });

  it('learns nothing and changes nothing with a form sent back under another’s id', async () => {
    const before = await everything();
    for (const customId of owned.changing.filter((id) => /^(edit|revise|move|replace):/.test(id))) {
      const fields = /^(edit|revise):/.test(customId) ? EDIT_FIELDS : placeFields(stranger);
      const { message } = await t.discord.submit({ customId, title: 'x', fields }, {}, stranger);
      expect(textOf(message)).toMatch(/no such subscription|kept for an hour/);
    }
    expect(await everything()).toBe(before);
  });

  it.each(readable)('learns nothing of it and changes nothing with /%s', async (name) => {
    const command = allCommands.find(({ definition }) => definition.name === name);
    if (command === undefined) throw new Error(`no command ${name}`);
    const before = await everything();
    const { message } = await t.discord.sendCommand(name, anyOptions(command.definition), stranger);
    expect(JSON.stringify(message)).not.toMatch(
      new RegExp(`secret|${owned.guildId}|${owned.channelId}`),
    );
    // A draft of its own is all that the stranger makes.
    await t.db.query('DELETE FROM subscription_drafts WHERE guild_id = $1', [stranger.guildId]);
    expect(await everything()).toBe(before);
  });

  it('is offered and shown none of its subscriptions', async () => {
    const listed = await t.discord.sendCommand('subscriptions', {}, stranger);
    expect(textOf(listed.message)).toContain('No subscriptions yet');
    const offered = await t.discord.autocomplete(
      'unsubscribe',
      { subscription: '' },
      'subscription',
      stranger,
    );
    expect(offered).toEqual([]);
  });
});

it.each([
  'x',
  'more:1',
  'more:1:2:3x',
  'page:-1:::',
  'delete:1:2',
  'pause:abc',
  'vote:1:love',
  'vote:1',
  'rest:x',
  'rest-page:1:-1',
  'confirm:1:1',
  'revise:99999999999999999999',
])('a forged button %j is answered and does nothing', async (customId) => {
  const { message } = await t.discord.press(customId, stranger);
  expect(textOf(message)).toContain('not available any more');
});
