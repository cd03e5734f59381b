import { createHttpClient, type HttpClientOptions } from '../../src/net/http-client.ts';

/** A client as the bot has it, but allowed to reach local servers and without pauses. */
export function createLocalClient(options: Partial<HttpClientOptions> = {}) {
  return createHttpClient({
    allowPrivateNetworks: true,
    userAgent: 'Rasid test (+https://example.com)',
    hostDelayMs: 0,
    ...options,
  });
}
