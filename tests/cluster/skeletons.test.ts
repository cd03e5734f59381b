import { expect, test } from 'vitest';
import { skeletonsOf } from '../../src/cluster/skeletons.ts';

test.each([
  ['harrods', 'هارودز'],
  ['microsoft', 'مايكروسوفت'],
  ['kaspersky', 'وكاسبرسكي'],
  ['anthropic', 'انثروبيك'],
  ['2025', '2025'],
])('%s and %s sound alike', (english, arabic) => {
  const shared = [...skeletonsOf(english)].filter((skeleton) => skeletonsOf(arabic).has(skeleton));
  expect(shared).not.toEqual([]);
});

test('short words have none', () => {
  expect([...skeletonsOf('aia'), ...skeletonsOf('في'), ...skeletonsOf('7')]).toEqual([]);
});
