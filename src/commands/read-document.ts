import type { Config } from '../config.ts';
import { UsageError } from '../domain/errors.ts';
import { fetchFeed } from '../feeds/fetch-feed.ts';
import { describeFailure } from '../feeds/next-check.ts';
import { createHttpClient } from '../net/http-client.ts';
import { USER_AGENT } from '../parts.ts';
import type { FetchedDocument } from './parse-feed.ts';

export type DocumentReader = ReturnType<typeof createDocumentReader>;

/**
 * Reads feeds by address for commands that store nothing, with the same client and manners as the poller. `read` throws UsageError
 * `unreadable-source` with the reason in words.
 */
export function createDocumentReader(config: Config) {
  const client = createHttpClient({
    userAgent: USER_AGENT,
    allowPrivateNetworks: config.allowPrivateNetworks,
  });
  return {
    async read(url: string): Promise<FetchedDocument> {
      const outcome = await fetchFeed(client, { url, etag: null, lastModified: null }, new Date());
      if (outcome.kind === 'fetched') return outcome;
      throw new UsageError('unreadable-source', describeFailure(outcome, null));
    },
    close: () => client.close(),
  };
}
