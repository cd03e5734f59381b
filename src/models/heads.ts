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

const weight = z.number().default(0);

const summaryWeights = z.object({
  salience: weight,
  first: weight,
  logPosition: weight,
  length: weight,
  short: weight,
  centrality: weight,
  likeTitle: weight,
});

const calibration = z
  .object({
    kind: z.literal('piecewise'),
    logit: z.array(z.number()).min(1),
    probability: z.array(z.number().min(0).max(1)).min(1),
  })
  .refine((points) => points.logit.length === points.probability.length, {
    message: 'logit and probability must have as many points',
  });

/** Weights of the features in summarise/sentence-features; a feature that is not named weighs nothing. */
const summaryRule = z.object({
  kind: z.literal('linear'),
  weights: z.object({ ar: summaryWeights, en: summaryWeights }),
  /** A second or third sentence is taken when its score is at least this. */
  minimum: z.object({ ar: z.number(), en: z.number() }),
  /** What likeness (cosine) to a sentence already taken costs. */
  redundancy: z.number(),
  maxSentences: z.number().int().min(1),
  maxCharacters: z.number().int().positive(),
});

/** The merge rule of cluster/assign-story: a logistic model of the features in cluster/pair-features. */
const storyRule = z.object({
  kind: z.literal('pair-logistic'),
  /** Articles further apart in time never tell one story. */
  windowDays: z.number().positive(),
  /** A story's score is the mean of its best so many articles. */
  topMembers: z.number().int().min(1),
  threshold: z.number().min(0).max(1),
  weights: z.object({
    bias: z.number(),
    cosine: z.number(),
    crossLanguage: z.number(),
    logDays: z.number(),
    sharedEntities: z.number(),
    sharedWords: z.number().default(0),
  }),
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
    ngrams: z
      .looseObject({
        file: z.string(),
        weight: z.number().min(0).max(1),
        scale: z.number(),
        bias: z.number(),
      })
      .nullable(),
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
  summary: summaryRule,
  story: storyRule,
  search: z.looseObject({ meaning: z.number().min(0).max(1) }),
});

export type Heads = z.infer<typeof headsSchema>;
export type Calibration = z.infer<typeof calibration>;
export type SummaryRule = z.infer<typeof summaryRule>;
export type SummaryWeights = z.infer<typeof summaryWeights>;
export type StoryRule = z.infer<typeof storyRule>;

/** @throws z.ZodError naming the field that does not fit. */
export function parseHeads(value: unknown): Heads {
  return headsSchema.parse(value);
}
