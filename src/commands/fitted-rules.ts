interface FitTask {
  data: string;
  model: string;
  save?: boolean;
  unlisted?: boolean;
  write: (line: string) => void;
  log: (line: string) => void;
}

/** The rules of `heads.json` that the program finds itself after training: what each is, and how it is found. */
export const FITTED_RULES: Record<string, [string, (task: FitTask) => Promise<number>]> = {
  stories: [
    'the weights of the story rule',
    async (task) => (await import('./fit-stories.ts')).runFitStories(task),
  ],
  topics: [
    'what the words of a topic are worth beside the encoder',
    async (task) => (await import('./fit-topics.ts')).runFitTopics(task),
  ],
  names: [
    'how sure the tagger must be to add a name',
    async (task) => (await import('./fit-names.ts')).runFitNames(task),
  ],
  summaries: [
    'what a sentence of an English summary is chosen by',
    async (task) => (await import('./fit-summaries.ts')).runFitSummaries(task),
  ],
  search: [
    'by what a question is taken for one about cyber news',
    async (task) => (await import('./fit-search.ts')).runFitSearch(task),
  ],
};
