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

/** How far a tag's logit must lie above that of no name before the program adds a name that none of its lists has (`rasid fit-names`). */
const leastMargins = z.object({
  ACTOR: z.number(),
  ORGANISATION: z.number(),
  PRODUCT: z.number(),
  MALWARE: z.number(),
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

const summaryWeights = z.object({
  first: z.number(),
  logPosition: z.number(),
  redundancy: z.number(),
  gap: z.number(),
});

/** How likely a word of an article, or two neighbouring words, are in people's summaries of it (summarise/likely-words): bias, then weights. */
const likelyWords = z.object({
  words: z.array(z.number()),
  pairs: z.array(z.number()),
  /** Words of the summary that the sentences are compared with. */
  length: z.number().positive(),
});

/** The rule of summarise/summarise-article (training/README.md, "Summaries"). */
const summaryRule = z.object({
  kind: z.literal('salience'),
  weights: z.object({ ar: summaryWeights, en: summaryWeights }),
  /** Of the languages in which they were fitted (`rasid fit-summaries`): they go before `weights`. */
  likelyWords: z.object({ ar: likelyWords.optional(), en: likelyWords.optional() }).default({}),
  maxSentences: z.number().int().min(1),
  maxCharacters: z.number().int().positive(),
});

/** The merge rule of cluster/assign-story (training/README.md, "Stories"). */
const storyRule = z.object({
  kind: z.literal('pair-logistic'),
  windowDays: z.number().positive(),
  members: z.number().int().min(1),
  topMembers: z.number().int().min(1),
  threshold: z.number().min(0).max(1),
  weights: z.object({
    bias: z.number(),
    cosine: z.number(),
    cross: z.number(),
    logDays: z.number(),
    names: z.number(),
    words: z.number(),
    /** These are found on the program's side, which knows the names (`rasid fit-stories`): 0 where only the training side's features were fitted. */
    entities: z.number().default(0),
    strangers: z.number().default(0),
    template: z.number().default(0),
    numbers: z.number().default(0),
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
        bodyCharacters: z.number().int().positive(),
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
        /** Of the words of classify/topic-cues: 0 where only the training side's features were fitted. */
        title: z.number().default(0),
        body: z.number().default(0),
      }),
    )
    .length(TOPICS.length),
  tags: z.array(tag).min(1),
  tagging: z.object({
    outsideShift: z.number(),
    leastMargin: leastMargins.default({ ACTOR: 0, ORGANISATION: 0, PRODUCT: 0, MALWARE: 0 }),
  }),
  summary: summaryRule,
  story: storyRule,
});

export type Heads = Omit<z.infer<typeof headsSchema>, 'story'> & { story: StoryRule };
export type LeastMargins = z.infer<typeof leastMargins>;
export type Calibration = z.infer<typeof calibration>;
export type SummaryRule = z.infer<typeof summaryRule>;
export type LikelyWords = z.infer<typeof likelyWords>;
export type StoryRule = z.infer<typeof storyRule> & {
  /** `idf.bin`: how rare words are, one byte a bucket (cluster/term-weights). */
  idf: Uint8Array;
};

/**
 * @param idf the bytes of `idf.bin`
 * @throws z.ZodError naming the field that does not fit.
 */
export function parseHeads(value: unknown, idf: Uint8Array): Heads {
  const heads = headsSchema.parse(value);
  return { ...heads, story: { ...heads.story, idf } };
}
