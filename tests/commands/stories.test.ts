import { expect, test } from 'vitest';
import { type ClustererDivision, createClusterer } from '../../src/commands/stories.ts';
import type { Analysis } from '../../src/domain/article.ts';
import { NO_ENTITIES } from '../../src/domain/entity.ts';
import { loadModel } from '../../src/models/load-model.ts';

const { story: rule } = loadModel('models').heads;

/** What the model says of an article whose vector points in this direction. */
function read(degrees: number): Analysis {
  const angle = (degrees * Math.PI) / 180;
  return {
    language: 'en',
    cyber: { isCyber: true, score: 1, threshold: 0.5 },
    topics: [],
    severity: { level: 'low', reasons: [] },
    entities: NO_ENTITIES,
    summary: { text: '', sentences: [] },
    embedding: Float32Array.from([Math.cos(angle), Math.sin(angle)]),
  };
}

const PORT = 'Cranes of the port stand still';
const BANK = 'Bank customers lose savings';
const LINES: [id: string, title: string, degrees: number][] = [
  ['port', PORT, 0],
  ['first round-up', `${PORT}, ${BANK.toLowerCase()}`, 43],
  ['second round-up', `${BANK}, ${PORT.toLowerCase()}`, 45],
  ['bank', BANK, 90],
  ['port again', PORT, 2],
  ['bank again', BANK, 92],
  ['port still', PORT, 1],
  ['bank still', BANK, 91],
];

test('lines that come after a story was divided follow the two, the new one by the id of its first article', () => {
  const divisions: ClustererDivision[] = [];
  const assign = createClusterer(rule, { divided: (division) => divisions.push(division) });
  const answers = LINES.map(([id, title, degrees], day) => {
    const publishedAt = new Date(Date.UTC(2026, 0, 1 + day));
    return assign(id, { title, text: title, publishedAt }, read(degrees));
  });
  // Until then nothing told them apart, and an answer that was given stays.
  expect(answers.slice(0, 5).map(({ story }) => story)).toEqual(Array(5).fill('port'));
  expect(divisions).toHaveLength(1);
  const newStory = divisions[0]?.newStory ?? '';
  expect(divisions[0]?.leave[0]).toBe(newStory);
  expect(answers.slice(5)).toEqual([
    { story: newStory, isNew: false },
    { story: 'port', isNew: false },
    { story: newStory, isNew: false },
  ]);
});
