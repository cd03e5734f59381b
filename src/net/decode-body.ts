import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { NetError } from '../domain/errors.ts';
import { tooLarge } from './net-failures.ts';

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  // RFC 9110 means zlib's format; some servers send the bare stream. The low half of zlib's first byte is always 8.
  deflate: (body: Buffer, options: object) =>
    ((body[0] ?? 0) & 15) === 8 ? inflateAsync(body, options) : inflateRawAsync(body, options),
};
const inflateAsync = promisify(inflate);
const inflateRawAsync = promisify(inflateRaw);

/** What is asked for in `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** More layers than any honest server uses cost time for each. */
const MAX_LAYERS = 2;

/**
 * Undoes a `Content-Encoding`. zlib stops at `maxBytes` of output, so that a bomb costs no more memory than an honest answer of that size.
 * @throws NetError `too-large`, or `bad-encoding` when the encoding is unknown or the bytes are not in it.
 */
export async function decodeBody(
  encoding: string | undefined,
  body: Buffer,
  limits: { maxBytes: number; url: string },
): Promise<Buffer> {
  const layers = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((layer) => layer.trim())
    .filter((layer) => layer !== '' && layer !== 'identity');
  if (body.length === 0 || layers.length === 0) return body;
  if (layers.length > MAX_LAYERS) throw badEncoding(encoding, limits.url);
  let decoded = body;
  for (const layer of layers.reverse()) decoded = await decodeLayer(layer, decoded, limits);
  return decoded;
}

async function decodeLayer(
  layer: string,
  body: Buffer,
  limits: { maxBytes: number; url: string },
): Promise<Buffer> {
  if (!isKnown(layer)) throw badEncoding(layer, limits.url);
  try {
    return await DECODERS[layer](body, { maxOutputLength: limits.maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw isTooLarge
      ? tooLarge(limits.maxBytes, limits.url)
      : badEncoding(layer, limits.url, error);
  }
}

function isKnown(layer: string): layer is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, layer);
}

function badEncoding(encoding: string | undefined, url: string, cause?: unknown): NetError {
  // A server's own words, on their way to a terminal or a channel.
  const named = (encoding ?? '').slice(0, 40).replace(/[^ -~]/g, '?');
  return new NetError('bad-encoding', `the answer cannot be decompressed (${named})`, {
    url,
    cause,
  });
}
