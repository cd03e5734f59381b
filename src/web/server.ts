import fastify from 'fastify';
import type { Registry } from 'prom-client';
import type { Database } from '../store/db.ts';
import { latestStories } from '../store/story-store.ts';
import { renderStoriesPage } from './stories-page.ts';

/** What stands between this process and its work; empty when it is ready. One plain sentence each. */
export type ReadinessCheck = () => Promise<string[]>;

const DAY_MS = 86_400_000;

/** Stories on the page. */
const PAGE_STORIES = 50;

/** Everything comes from this page itself: no script, no frame, no foreign content. */
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * The web page, `/health` (the process answers), `/ready` (it can do its work) and `/metrics`.
 * Listens only when `listen` is called; port 0 takes a free one.
 */
export function createWebServer(deps: {
  db: Database;
  metrics: Registry;
  checkReadiness: ReadinessCheck;
  clock: () => Date;
}) {
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const problems = await deps.checkReadiness();
    return reply
      .code(problems.length === 0 ? 200 : 503)
      .send({ ready: problems.length === 0, problems });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(deps.metrics.contentType).send(await deps.metrics.metrics()),
  );
  app.get('/', async (_request, reply) => {
    const now = deps.clock();
    const stories = await latestStories(deps.db, {
      since: new Date(now.getTime() - DAY_MS),
      limit: PAGE_STORIES,
      offset: 0,
    });
    return reply.type('text/html; charset=utf-8').send(renderStoriesPage(stories, now));
  });

  return {
    /** @returns the address that it listens on. Rejects with `EADDRINUSE` when the port is taken. */
    listen: (host: string, port: number): Promise<string> => app.listen({ host, port }),
    close: () => app.close(),
  };
}
