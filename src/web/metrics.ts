import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { countArticles } from '../store/article-store.ts';
import type { Database } from '../store/db.ts';
import { countFeedsByStatus } from '../store/feed-store.ts';
import { countOutbox } from '../store/outbox-store.ts';

/** Figures for Prometheus, read from the database when asked for: they are right whichever process answers. */
export function createMetrics(db: Database): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (
    name: string,
    help: string,
    label: string,
    read: () => Promise<Record<string, number>>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        this.reset();
        for (const [value, count] of Object.entries(await read()))
          this.set({ [label]: value }, count);
      },
    });
  gauge('rasid_articles', 'Stored articles by state', 'state', () => countArticles(db));
  gauge('rasid_feeds', 'Feeds by health', 'status', () => countFeedsByStatus(db));
  gauge('rasid_outbox_messages', 'Digest messages by state', 'state', () => countOutbox(db));
  return registry;
}
