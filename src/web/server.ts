import fastify, { type FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import type { Database } from '../store/db.ts';
import { latestStories } from '../store/story-store.ts';
import type { Problem } from './readiness.ts';
import { renderStoriesPage, STYLE_HASH } from './stories-page.ts';
import { type Access, checkAccess } from './web-access.ts';

/** What stands between this process and its work; empty when it is ready. */
export type ReadinessCheck = () => Promise<Problem[]>;

const DAY_MS = 86_400_000;

/** Stories on the page. */
const PAGE_STORIES = 50;

/** Everything comes from this page itself: no script, no frame, no foreign content, no style but its own. */
const SECURITY_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Answered to anyone who can connect: it says nothing but that the process lives. */
const OPEN_PATH = '/health';

/**
 * The web page, `/health` (the process answers), `/ready` (it can do its work) and `/metrics`. All but `/health` ask for `token`
 * where there is one (`web-access.ts`). Listens only when `listen` is called; port 0 takes a free one.
 */
export function createWebServer(deps: {
  db: Database;
  metrics: Registry;
  checkReadiness: ReadinessCheck;
  clock: () => Date;
  token: string | null;
}) {
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url === OPEN_PATH) return;
    const access = checkAccess(request.headers, deps.token);
    if (access !== 'allowed') return refuse(reply, access);
  });
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const problems = (await deps.checkReadiness()).map(({ text }) => text);
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
      guildId: null,
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

/** Also where no page is: a stranger does not learn which exist. */
function refuse(reply: FastifyReply, access: Exclude<Access, 'allowed'>): FastifyReply {
  if (access === 'foreign-name') {
    return reply
      .code(421)
      .send({ error: 'without RASID_HTTP_TOKEN only localhost is served, not other names' });
  }
  return reply
    .code(401)
    .header('www-authenticate', 'Basic realm="Rasid", charset="UTF-8"')
    .send({ error: 'give RASID_HTTP_TOKEN as a bearer token, or as the password in a browser' });
}
