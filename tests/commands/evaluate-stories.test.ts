import { expect, test } from 'vitest';
import { evaluateStories, type StoryCase } from '../../src/commands/evaluation/evaluate-stories.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import { loadModel } from '../../src/models/load-model.ts';

const { story: rule } = loadModel('models').heads;

/** An article whose vector points where its event does. */
function tell(event: string, lang: 'ar' | 'en', date: string, degrees: number): StoryCase {
  const id = `${event}-${lang}-${date}`;
  const angle = (degrees * Math.PI) / 180;
  return {
    row: { id, lang, label: 'cyber', title: id, text: '', summary: '', date, file: '' },
    event,
    analysis: {
      language: lang,
      cyber: { isCyber: true, score: 1, threshold: 0.5 },
      topics: [],
      severity: { level: 'low', reasons: [] },
      entities: NO_ENTITIES,
      summary: { text: '', sentences: [] },
      embedding: Float32Array.from([Math.cos(angle), Math.sin(angle)]),
    },
  };
}

test('an event told in both languages counts as one story however its dates are written', () => {
  const cases = [
    tell('OLD', 'en', '2018_10_10', 0),
    tell('OLD', 'ar', 'Wed, 10 Oct 2018 13:56:48 GMT', 4),
    tell('NEW', 'en', '2025-11-02', 180),
  ];
  const { events, bilingualEvents, nearest } = evaluateStories(cases, rule);
  expect(events).toBe(2);
  expect(bilingualEvents).toEqual({ merged: 1, whole: 1, of: 1 });
  expect(nearest).toEqual({ f1: 1, bilingualEvents });
});

test('an event is not whole when part of it became another story', () => {
  const cases = [
    tell('PORT', 'en', '2025-11-02', 0),
    tell('PORT', 'ar', '2025-11-02', 4),
    tell('PORT', 'ar', '2025-11-03', 180),
  ];
  expect(evaluateStories(cases, rule).bilingualEvents).toEqual({ merged: 1, whole: 0, of: 1 });
});
