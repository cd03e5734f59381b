import { z } from 'zod';
import { TOPICS } from '../domain/topic.ts';

/** The tag names of docs/model-contract.md, in the graph's order. */
const tag = z.enum([
  'O',
  'B-ACTOR',
  'I-ACTOR',
  'B-ORGANISATION',
  'I-ORGANISATION',
  'B-PRODUCT',
  'I-PRODUCT',
  'B-MALWARE',
  'I-MALWARE',
]);

const calibration = z
  .object({
    kind: z.literal('piecewise'),
    logit: z.array(z.number()).min(1),
    probability: z.array(z.number().min(0).max(1)).min(1),
  })
  .refine((points) => points.logit.length === points.probability.length, {
    message: 'logit and probability must have as many points',
  });

/** What `models/heads.json` says beside the graph: names, calibration and the weights of the rules. See docs/model-contract.md. */
const headsSchema = z.object({
  version: z.literal(1),
  maxTokens: z.number().int().min(8).max(512),
  embeddingDimensions: z.number().int().positive(),
  embeddingCentre: z.array(z.number()).nullable(),
  cyber: z.object({
    threshold: z.number().min(0).max(1),
    calibration,
    ngrams: z.looseObject({ file: z.string(), weight: z.number().min(0).max(1) }).nullable(),
  }),
  topics: z
    .array(
      z.object({
        name: z.enum(TOPICS),
        threshold: z.number(),
        scale: z.number(),
        shift: z.number(),
      }),
    )
    .length(TOPICS.length),
  tags: z.array(tag).min(1),
  /** Read by summarise/, cluster/ and the search, each with its own schema. */
  summary: z.unknown(),
  story: z.unknown(),
  search: z.unknown(),
});

export type Heads = z.infer<typeof headsSchema>;
export type Calibration = z.infer<typeof calibration>;

/** @throws z.ZodError naming the field that does not fit. */
export function parseHeads(value: unknown): Heads {
  return headsSchema.parse(value);
}
