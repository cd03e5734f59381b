import { expect, it } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.ts';
import { refreshDigest } from '../../src/digest/refresh-digest.ts';
import { makeStory } from './make-story.ts';

const HOW = {
  language: 'en',
  timezone: 'UTC',
  dueAt: new Date('2026-11-24T05:00:00Z'),
  limit: 9,
} as const;
const posted = buildDigest([makeStory({ id: '5', title: 'Before', outlets: ['Reuters'] })], HOW);
const grown = makeStory({ id: '5', title: 'After', outlets: ['Reuters', 'BBC'], severity: 'high' });

it('an entry tells what is known now, and the head counts it as it is now', () => {
  const { digest, developments } = refreshDigest(posted, [grown], { fits: () => true });
  expect(digest.stories[0]).toMatchObject({ title: 'After', severity: 'high', updates: 1 });
  const counts = { storyCount: 1, moreCount: 0, articleCount: 2, sourceCount: 2, criticalCount: 0 };
  expect({ ...digest, stories: [] }).toEqual({ ...posted, stories: [], ...counts });
  expect(developments).toMatchObject([{ development: { roseTo: 'high' }, storyCount: 1 }]);
});

it('the head counts what rose to critical, beside the stories that the message only counts', () => {
  const others = { storyCount: 12, moreCount: 11, criticalCount: 3, articleCount: 30 };
  const critical = makeStory({ id: '5', outlets: ['Reuters', 'BBC'], severity: 'critical' });
  const before = { ...posted, ...others, sourceCount: 9 };
  const { digest } = refreshDigest(before, [critical], { fits: () => true });
  expect(digest).toMatchObject({
    ...{ storyCount: 12, moreCount: 11, criticalCount: 4, articleCount: 31, sourceCount: 10 },
  });
});

it('the head does not count a source again that another message of the digest already names', () => {
  const elsewhere = posted.stories.map((story) => ({
    ...story,
    outlets: [{ name: 'BBC', language: 'en' as const }],
  }));
  const before = { ...posted, storyCount: 2, sourceCount: 2, articleCount: 2 };
  const { digest } = refreshDigest(before, [grown], { fits: () => true, elsewhere });
  expect(digest).toMatchObject({ articleCount: 3, sourceCount: 2 });
});

it('an entry that would make the message too long keeps its text and changes its counts', () => {
  const fits = (digest: typeof posted) => digest.stories[0]?.title === 'Before';
  const { digest } = refreshDigest(posted, [grown], { fits });
  expect(digest.stories[0]).toMatchObject({ title: 'Before', articleCount: 2, updates: 1 });
  expect(refreshDigest(posted, [grown], { fits: () => false }).digest).toEqual(posted);
});

it('an entry without a new report is no development', () => {
  const [story] = [makeStory({ id: '5', title: 'Before', outlets: ['Reuters'] })];
  const { digest, developments } = refreshDigest(posted, [story], { fits: () => true });
  expect(developments).toEqual([]);
  expect(digest).toEqual(posted);
});

it('a story that is gone stays as it was', () => {
  expect(refreshDigest(posted, [], { fits: () => true })).toEqual({
    digest: posted,
    developments: [],
    isCorrected: false,
  });
});

it('an entry is mended when a report has left its story, also when another has come meanwhile', () => {
  const told = buildDigest([makeStory({ id: '5', outlets: ['Reuters', 'BBC'] })], HOW);
  const now = makeStory({
    id: '5',
    reports: [{ outlet: 'Reuters' }, { outlet: 'AFP', articleId: '3' }],
  });
  const { digest, developments, isCorrected } = refreshDigest(told, [now], { fits: () => true });
  expect([isCorrected, developments]).toEqual([true, []]);
  expect(digest.stories[0]?.outlets.map(({ name }) => name)).toEqual(['Reuters', 'AFP']);
});
