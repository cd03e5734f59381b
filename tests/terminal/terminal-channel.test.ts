import { expect, it } from 'vitest';
import { digestStory } from '../../src/digest/build-digest.ts';
import { deliverSeveral } from '../../src/pipeline/deliver-messages.ts';
import { saveDigest } from '../../src/store/outbox-store.ts';
import { createTerminalChannel } from '../../src/terminal/terminal-channel.ts';
import { makeStory } from '../digest/make-story.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeDigest, makeSubscription, NOW } from '../store/rows.ts';

const database = useTestDatabase({ poolSize: 10 });
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = () => NOW;

it('digests in several parts are printed whole, one after the other', async () => {
  const { db } = database;
  const wanted: string[] = [];
  for (const language of ['ar', 'en'] as const) {
    const subscription = await makeSubscription(db, { channelId: language });
    const messages = [1, 2, 3].map((part) => {
      wanted.push(`${language} ${part}`);
      const story = makeStory({ id: String(part), title: `Told ${language} ${part}`, language });
      return makeDigest({ language, stories: [digestStory(story, language)] });
    });
    await saveDigest(db, { subscription, dueAt: NOW, storyIds: [], messages, now: NOW });
  }
  let printed = '';
  const write = (text: string) => {
    printed += text;
  };
  const channel = createTerminalChannel({ write, width: 80, colour: false, clock });
  while (await deliverSeveral({ db, channel, log }, clock));
  expect([...printed.matchAll(/Told (\w+ \d)/g)].map(([, part]) => part)).toEqual(wanted);
  expect(printed.match(/🛡/gu)).toHaveLength(2);
});
