import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inventIncidents } from '../helpers/invent-incidents.ts';
import type { RssItem } from '../helpers/render-rss.ts';

const REPORTS = fileURLToPath(
  new URL('../../../shared/data/en_cyber_casie.jsonl', import.meta.url),
);

/**
 * Gives `count` further reports from number `first` on: real ones, each of an event of its own, where they are at hand. Invented ones
 * soon tell only stories that were told before, and then there is nothing more to post.
 */
export function createReports(): (first: number, count: number) => RssItem[] {
  if (!existsSync(REPORTS)) {
    console.warn(
      '../shared/data is absent: the reports are invented, and few of them make a story',
    );
    return (first, count) => inventIncidents(first, count, new Date());
  }
  const rows = readFileSync(REPORTS, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { title: string; text: string });
  return (first, count) =>
    Array.from({ length: count }, (_, offset) => {
      const number = first + offset;
      const row = rows[number % rows.length];
      return {
        id: `report-${number}`,
        title: row?.title ?? '',
        link: `https://wire.example/reports/${number}`,
        text: (row?.text ?? '').slice(0, 2_000),
        published: new Date(),
      };
    });
}
