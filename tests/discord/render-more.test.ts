import { expect, it } from 'vitest';
import { messagesIn } from '../../src/discord/messages/messages-in.ts';
import { renderMore } from '../../src/discord/render-more.ts';
import { defaultGuildSettings } from '../../src/domain/subscription.ts';
import { makeStory, type StoryParts } from '../digest/make-story.ts';
import {
  COMPONENTS_V2,
  checkMessage,
  type MessageBody,
} from '../helpers/fake-discord/check-message.ts';
import { textOf } from './text-of.ts';

function show(parts: StoryParts, language: 'ar' | 'en'): MessageBody {
  const settings = { ...defaultGuildSettings('1'), language };
  const now = new Date('2026-11-24T05:00:00Z');
  const reply = renderMore(makeStory(parts), { settings, messages: messagesIn(language), now });
  return { ...reply, flags: COMPONENTS_V2 } as MessageBody;
}

const names = (word: string) =>
  Array.from({ length: 60 }, (_, index) => ({ name: `${word}_${index}_`.repeat(9), mentions: [] }));

const longest: StoryParts = {
  title: 'م*'.repeat(400),
  topics: ['breach', 'intrusion', 'ransomware', 'vulnerability', 'malware', 'espionage', 'fraud'],
  entities: {
    actors: names('actor'),
    organisations: names('منظمة'),
    products: names('product'),
    malware: names('malware'),
    cves: Array.from({ length: 60 }, (_, index) => `CVE-2026-${10_000 + index}`),
  },
  reports: Array.from({ length: 200 }, (_, index) => ({
    language: (['ar', 'en', 'other'] as const)[index % 3] ?? 'en',
    outlet: `صحيفة_${index}_`.repeat(20),
    url: `https://news.example/${'a'.repeat(900)}`,
    summary: '_ '.repeat(1000),
  })),
};

it.each(['ar', 'en'] as const)(
  'the longest story there is stays within Discord’s limits (%s)',
  (language) => {
    checkMessage(show(longest, language));
  },
);

it.each(['ar', 'en'] as const)('a headline alone is still shown (%s)', (language) => {
  const body = show({ title: 'Only a headline', summary: '' }, language);
  checkMessage(body);
  expect(textOf(body)).toContain('Only a headline');
});

it('what has no room is counted', () => {
  const reports = Array.from({ length: 100 }, (_, index) => ({
    outlet: `Outlet ${index}`,
    url: `https://news.example/${'a'.repeat(80)}`,
  }));
  const text = textOf(show({ reports }, 'en'));
  const shown = text.match(/\[Outlet \d+\]/g)?.length ?? 0;
  expect(shown).toBeGreaterThan(15);
  expect(text).toMatch(new RegExp(`and ${100 - shown} more$`));
});
