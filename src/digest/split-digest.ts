import type { Digest } from '../domain/digest.ts';

/**
 * Cuts a digest into parts that each fit one message, in order. The head counts stay with every part; what is said once
 * at the end (`moreCount`, `notices`) goes with the last. `fits` is asked about a part as it would be sent, `position` from 1.
 * A story that fits no message even alone stays alone: the renderer shortens it.
 */
export function splitDigest(
  digest: Digest,
  fits: (part: Digest, position: number) => boolean,
): Digest[] {
  const parts: Digest[] = [];
  let current: Digest['stories'] = [];
  for (const story of digest.stories) {
    const grown = [...current, story];
    // Asked with the closing lines, so that the last part fits whichever it will be.
    if (current.length > 0 && !fits({ ...digest, stories: grown }, parts.length + 1)) {
      parts.push({ ...digest, stories: current, moreCount: 0, notices: [] });
      current = [story];
    } else {
      current = grown;
    }
  }
  return [...parts, { ...digest, stories: current }];
}
