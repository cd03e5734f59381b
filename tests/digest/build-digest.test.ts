import { describe, expect, it } from 'vitest';
import { buildDigest, type DigestOptions, digestLanguage } from '../../src/digest/build-digest.ts';
import { splitDigest } from '../../src/digest/split-digest.ts';
import { makeStory } from './make-story.ts';

const OPTIONS: DigestOptions = {
  language: 'en',
  timezone: 'Asia/Riyadh',
  dueAt: new Date('2026-11-24T05:00:00Z'),
  limit: 9,
};

describe('a digest', () => {
  it('shows the most severe first, then the widest told, then the newest', () => {
    const stories = [
      makeStory({ id: '1', severity: 'low', outlets: ['A', 'B', 'C'] }),
      makeStory({ id: '2', severity: 'high', outlets: ['A'], at: '2026-11-24T01:00:00Z' }),
      makeStory({ id: '3', severity: 'high', outlets: ['A'], at: '2026-11-24T02:00:00Z' }),
      makeStory({ id: '4', severity: 'high', outlets: ['A', 'B'] }),
      makeStory({ id: '5', severity: 'critical', outlets: ['A'] }),
    ];
    const digest = buildDigest(stories, OPTIONS);
    expect(digest.stories.map(({ storyId }) => storyId)).toEqual(['5', '4', '3', '2', '1']);
  });

  it('counts what it does not show', () => {
    const stories = ['1', '2', '3'].map((id) =>
      makeStory({ id, severity: 'critical', outlets: ['A', `B${id}`] }),
    );
    const digest = buildDigest(stories, { ...OPTIONS, limit: 2 });
    expect(digest).toMatchObject({
      storyCount: 3,
      moreCount: 1,
      criticalCount: 3,
      articleCount: 6,
      sourceCount: 4,
      notices: [],
    });
    expect(digest.stories).toHaveLength(2);
  });

  it('takes title, link and summary from a report in its own language', () => {
    const story = makeStory({
      reports: [
        {
          language: 'en',
          title: 'Breach',
          url: 'https://en.example/',
          summary: 'Said in English.',
        },
        { language: 'ar', title: 'اختراق', url: 'https://ar.example/', summary: 'قيل بالعربية.' },
      ],
    });
    expect(buildDigest([story], { ...OPTIONS, language: 'ar' }).stories[0]).toMatchObject({
      title: 'اختراق',
      titleLanguage: 'ar',
      url: 'https://ar.example/',
      summary: 'قيل بالعربية.',
      summaryLanguage: 'ar',
    });
  });

  it('marks title and summary when no report is in its language', () => {
    const story = makeStory({ title: 'Breach', summary: 'Said in English.' });
    expect(buildDigest([story], { ...OPTIONS, language: 'ar' }).stories[0]).toMatchObject({
      title: 'Breach',
      titleLanguage: 'en',
      summaryLanguage: 'en',
    });
  });

  it('borrows a summary where its own-language report is a headline only', () => {
    const story = makeStory({
      reports: [
        { language: 'ar', title: 'اختراق', summary: '' },
        { language: 'en', summary: 'Said in English.' },
      ],
    });
    expect(buildDigest([story], { ...OPTIONS, language: 'ar' }).stories[0]).toMatchObject({
      title: 'اختراق',
      summary: 'Said in English.',
      summaryLanguage: 'en',
    });
  });

  it('names each outlet once, in order of first report', () => {
    const story = makeStory({ outlets: ['Reuters', 'BBC', 'Reuters'] });
    expect(buildDigest([story], OPTIONS).stories[0]).toMatchObject({
      outlets: [
        { name: 'Reuters', language: 'en' },
        { name: 'BBC', language: 'en' },
      ],
      articleCount: 3,
    });
  });

  it('is framed in the language of its stories, or the server’s where both are wanted', () => {
    expect(digestLanguage('ar', 'en')).toBe('ar');
    expect(digestLanguage('en', 'ar')).toBe('en');
    expect(digestLanguage('both', 'ar')).toBe('ar');
  });
});

describe('a digest too long for one message', () => {
  const stories = ['1', '2', '3', '4', '5'].map((id) => makeStory({ id }));
  const digest = {
    ...buildDigest(stories, { ...OPTIONS, limit: 5 }),
    moreCount: 2,
    notices: ['one'],
  };

  it('is cut in order, nothing lost or repeated, its closing lines on the last part only', () => {
    const parts = splitDigest(digest, (part) => part.stories.length <= 2);
    expect(parts.map((part) => part.stories.map(({ storyId }) => storyId))).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5'],
    ]);
    expect(parts.map((part) => [part.moreCount, part.notices.length])).toEqual([
      [0, 0],
      [0, 0],
      [2, 1],
    ]);
    expect(parts.every((part) => part.storyCount === 5)).toBe(true);
  });

  it('keeps a story alone that fits nowhere', () => {
    expect(splitDigest(digest, () => false)).toHaveLength(5);
  });

  it('is one message when it fits, with stories or without', () => {
    expect(splitDigest(digest, () => true)).toEqual([digest]);
    expect(splitDigest({ ...digest, stories: [] }, () => true)).toHaveLength(1);
  });
});
