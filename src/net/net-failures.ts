import { errors } from 'undici';
import { NetError } from '../domain/errors.ts';

const MIB = 1024 * 1024;

export function tooLarge(maxBytes: number, url: string): NetError {
  const size = maxBytes >= MIB ? `${maxBytes / MIB} MiB` : `${maxBytes} bytes`;
  return new NetError('too-large', `the answer is larger than ${size}`, { url });
}

export function timedOut(deadlineMs: number, url: string): NetError {
  return new NetError('timeout', `no complete answer within ${deadlineMs / 1000} s`, {
    url,
    retryable: true,
  });
}

export function aborted(url: string): NetError {
  return new NetError('aborted', 'the request was called off', { url, retryable: true });
}

interface Failure {
  code: string;
  /** A plain sentence, for the person who looks at a feed's health. */
  words: string;
}

/** Codes of Node (`errno`, dns, tls) and undici (`UND_ERR_…`) in Rasid's words. */
const FAILURES: Record<string, Failure> = {
  ENOTFOUND: { code: 'dns', words: 'the name of the server is not known' },
  ENODATA: { code: 'dns', words: 'the name of the server has no address' },
  EAI_AGAIN: { code: 'dns', words: 'the name of the server could not be looked up' },
  EAI_FAIL: { code: 'dns', words: 'the name of the server could not be looked up' },
  ESERVFAIL: { code: 'dns', words: 'the name of the server could not be looked up' },
  ECONNREFUSED: { code: 'connect', words: 'the server refuses connections' },
  EHOSTUNREACH: { code: 'connect', words: 'the server cannot be reached' },
  ENETUNREACH: { code: 'connect', words: 'the server cannot be reached' },
  EADDRNOTAVAIL: { code: 'connect', words: 'the server cannot be reached' },
  EACCES: { code: 'connect', words: 'the server cannot be reached' },
  ETIMEDOUT: { code: 'timeout', words: 'the server did not take the connection in time' },
  UND_ERR_CONNECT_TIMEOUT: {
    code: 'timeout',
    words: 'the server did not take the connection in time',
  },
  ECONNRESET: { code: 'connection-lost', words: 'the server cut the connection' },
  EPIPE: { code: 'connection-lost', words: 'the server cut the connection' },
  UND_ERR_SOCKET: { code: 'connection-lost', words: 'the server cut the connection' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    code: 'connection-lost',
    words: 'the answer is shorter or longer than the server said',
  },
  UND_ERR_HEADERS_OVERFLOW: { code: 'bad-response', words: 'the answer has too many headers' },
  UND_ERR_DESTROYED: { code: 'aborted', words: 'the request was called off' },
  UND_ERR_CLOSED: { code: 'aborted', words: 'the request was called off' },
};

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_|EPROTO)/;

/** Turns what Node or undici threw while `url` was fetched into a NetError; one that is a NetError already keeps its code. */
export function toNetError(error: unknown, url: string): NetError {
  if (error instanceof NetError) {
    const { code, message, retryable } = error;
    return error.url === url
      ? error
      : new NetError(code, message, { url, retryable, cause: error });
  }
  const { code, words } = classify(error);
  return new NetError(code, words, { url, cause: error, retryable: true });
}

function classify(error: unknown): Failure {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const known = FAILURES[code];
  if (known) return known;
  if (error instanceof errors.HTTPParserError) {
    return { code: 'bad-response', words: 'the answer is not valid HTTP' };
  }
  if (TLS_CODE.test(code)) {
    return { code: 'tls', words: `the server's certificate or encryption is not valid (${code})` };
  }
  return { code: 'connection-lost', words: `the request failed${code && ` (${code})`}` };
}
