import { endianness } from 'node:os';

/** The stored form of a vector: float32, little-endian. */
export function toEmbeddingBytes(embedding: Float32Array): Buffer {
  const bytes = Buffer.from(
    embedding.buffer.slice(embedding.byteOffset, embedding.byteOffset + embedding.byteLength),
  );
  return endianness() === 'LE' ? bytes : bytes.swap32();
}

/** The vector of stored bytes, in memory of its own. */
export function fromEmbeddingBytes(bytes: Buffer): Float32Array {
  const copy = Buffer.from(new ArrayBuffer(bytes.length));
  bytes.copy(copy);
  if (endianness() === 'BE') copy.swap32();
  return new Float32Array(copy.buffer, copy.byteOffset, copy.length / 4);
}
