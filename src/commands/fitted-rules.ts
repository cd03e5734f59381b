/** What `rasid fit-RULE` finds, and its command, which is loaded only when it is asked for. */
export const FITTED_RULES = [
  [
    'stories',
    'the weights of the story rule',
    async () => (await import('./fit-stories.ts')).runFitStories,
  ],
  [
    'topics',
    'what the words of a topic are worth beside the encoder',
    async () => (await import('./fit-topics.ts')).runFitTopics,
  ],
  [
    'names',
    'how sure the tagger must be to add a name',
    async () => (await import('./fit-names.ts')).runFitNames,
  ],
  [
    'summaries',
    'what a sentence of an English summary is chosen by',
    async () => (await import('./fit-summaries.ts')).runFitSummaries,
  ],
] as const;
