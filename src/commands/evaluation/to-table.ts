import type { Figures } from '../evaluate.ts';
import type { Interval } from './measures.ts';

const three = (value: number) => value.toFixed(3);
const range = ([low, high]: Interval) => `[${three(low)}–${three(high)}]`;

const LANGUAGE_NAMES = { ar: 'Arabic', en: 'English' } as const;
const LANGUAGES = ['ar', 'en'] as const;

/** The figures for a person: one line each, the model's first, its baseline behind it. */
export function toTable(figures: Figures): string {
  return [
    'Held-out part of the data; 95% intervals by bootstrap in brackets.',
    ...cyberLines(figures.cyber),
    `Language right: ${figures.language.right} of ${figures.language.of}`,
    ...LANGUAGES.flatMap((language) => topicLines(language, figures.topics[language])),
    ...LANGUAGES.flatMap((language) => entityLines(language, figures.entities[language])),
    ...storyLines('held out', figures.stories.heldOut),
    ...storyLines('all events, also those trained on', figures.stories.all),
    divisionLine(figures.stories.roundUps),
    ...LANGUAGES.flatMap((language) => summaryLines(language, figures.summaries[language])),
    ...searchLines(figures.search),
  ].join('\n');
}

function cyberLines(cyber: Figures['cyber']): string[] {
  const lines = LANGUAGES.flatMap((language) => {
    const { texts, cyber: positive, model, ngrams, keywords } = cyber[language];
    return [
      '',
      `Cyber or not, ${LANGUAGE_NAMES[language]} (${texts} texts, ${positive} cyber)`,
      cyberLine('model', model),
      ...(ngrams ? [cyberLine('n-grams alone', ngrams)] : []),
      cyberLine('keywords', keywords),
    ];
  });
  const { arabicHardNegativesRefused: hard, agNewsFound: short } = cyber;
  return [
    ...lines,
    '',
    `Arabic hard negatives refused: ${hard.model} of ${hard.of} (keywords ${hard.keywords})`,
    `Short English items (AG News) found: ${short.model} of ${short.of} (keywords ${short.keywords})`,
    `Calibration error (10 bins): ${three(cyber.calibrationError)}`,
    `Right by file: ${shares(cyber.byFile)}`,
    `Right by year: ${shares(cyber.byYear)}`,
  ];
}

function cyberLine(
  name: string,
  { precision, recall, f1, interval }: Figures['cyber']['ar']['model'],
): string {
  return `  ${name.padEnd(14)} P ${three(precision)}  R ${three(recall)}  F1 ${three(f1)} ${range(interval)}`;
}

function shares(groups: Record<string, { right: number; of: number }>): string {
  return Object.entries(groups)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { right, of }]) => `${name} ${right}/${of}`)
    .join(', ');
}

function topicLines(language: 'ar' | 'en', topics: Figures['topics']['ar']): string[] {
  const each = Object.entries(topics.topics).map(
    ([name, { f1, examples }]) => `${name} ${f1.toFixed(2)} (${examples})`,
  );
  return [
    '',
    `Topics, ${LANGUAGE_NAMES[language]} (${topics.articles} articles): macro F1 ${three(topics.macroF1)} over ${topics.countedTopics} topics with 5 examples or more`,
    `  ${each.join(', ')}`,
  ];
}

function entityLines(language: 'ar' | 'en', entities: Figures['entities']['ar']): string[] {
  const each = Object.entries(entities).map(
    ([kind, { precision, recall, f1, interval, annotated }]) =>
      `  ${kind.padEnd(14)} P ${three(precision)}  R ${three(recall)}  F1 ${three(f1)} ${range(interval)}  (${annotated})`,
  );
  return ['', `Entities, ${LANGUAGE_NAMES[language]}, lenient on word borders`, ...each];
}

function storyLines(name: string, stories: Figures['stories']['all']): string[] {
  return [
    '',
    `Stories, online (${name}): ${stories.articles} articles of ${stories.events} events`,
    `  B-cubed  P ${three(stories.precision)}  R ${three(stories.recall)}  F1 ${three(stories.f1)} ${range(stories.interval)}  (each alone ${three(stories.eachAlone)})`,
    `  events told in both languages that became one story: ${bilingual(stories.bilingualEvents)}`,
    `  divided on later evidence: ${stories.divisions.all} stories, ${stories.divisions.throughAnEvent} of them through an event`,
    `  compared with the nearest articles only, as in the bot: F1 ${three(stories.nearest.f1)}, in both languages ${bilingual(stories.nearest.bilingualEvents)}`,
    `  English article finds its Arabic twin first: ${stories.twins.twinFirst} of ${stories.twins.of}`,
  ];
}

function divisionLine({ streams, without, divided }: Figures['stories']['roundUps']): string {
  return `Stories that round-ups mix (evaluation/round-ups.jsonl, ${streams} streams): ${without.mixed} mixed, F1 ${three(without.f1)} without dividing; ${divided.mixed} and ${three(divided.f1)} with it, ${divided.throughAnEvent} of ${divided.divisions} divisions through an event`;
}

function bilingual(events: Figures['stories']['all']['bilingualEvents']): string {
  return `${events.merged} of ${events.of}, ${events.whole} of them whole`;
}

function summaryLines(language: 'ar' | 'en', summaries: Figures['summaries']['ar']): string[] {
  const line = (name: string, { r1, r2, rl, interval }: typeof summaries.model) =>
    `  ${name.padEnd(15)} ${three(r1)} / ${three(r2)} / ${three(rl)}  R1 ${range(interval)}`;
  return [
    '',
    `Summaries, ${LANGUAGE_NAMES[language]}, ROUGE-1/2/L (${summaries.articles} articles, ${summaries.references} by people)`,
    line('model', summaries.model),
    line('first sentence', summaries.firstSentence),
    line('first two', summaries.firstTwo),
    line('first three', summaries.firstThree),
  ];
}

function searchLines(search: Figures['search']): string[] {
  if (search === null) return ['', 'Search: the data answers none of the questions'];
  const line = (name: string, { ndcg10, interval, ar, en }: typeof search.both) =>
    `  ${name.padEnd(15)} ${three(ndcg10)} ${range(interval)}  (Arabic questions ${three(ar)}, English ${three(en)})`;
  return [
    '',
    `Search, nDCG@10 (${search.both.questions} questions, ${search.articles} articles)`,
    line('words', search.words),
    line('meaning', search.meaning),
    line('both', search.both),
  ];
}
