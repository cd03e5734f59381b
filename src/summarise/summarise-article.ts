import { dotProduct } from '../domain/dot-product.ts';
import type { Language } from '../domain/feed.ts';
import type { SummaryRule } from '../models/heads.ts';
import { chooseLikely } from './choose-likely.ts';
import type { Rarity } from './likely-words.ts';
import { shortenSentence } from './shorten-sentence.ts';
import { goesOn, isOfThePage, standsAlone } from './stands-alone.ts';
import { beginSummary, trimSentence, trimToFit } from './trim-sentence.ts';

/** A sentence as the encoder sees it in its article. */
interface EncodedSentence {
  /** Mean logit of its tokens: how much an editor would want it. */
  salience: number;
  /** Unit vector of what sets it apart from the article's mean. */
  vector: Float32Array;
}

/** An article is told in this many sentences; a page of thousands costs no more. */
const READ = 120;
/** How far down the article sentences are chosen from: with more, the figures were no better. */
const AMONG = 10;

interface EncodedArticle {
  encoded: EncodedSentence[];
  language: Language;
}

interface Summary {
  text: string;
  /** Indices of the sentences that it is made of, in order. */
  sentences: number[];
}

/**
 * One to three sentences of the article in its own words, at most `rule.maxCharacters` long: where people's summaries have taught the rule which
 * words are likely in one (`rule.likelyWords`), those that have most of them (choose-likely); else the most salient one, then those that
 * add most to it and are nearly as good (training/README.md, "Summaries"). Sentences are trimmed of what the report shows anyway; one that
 * does not fit is tried without its asides. Empty when there is no text.
 * @param article its sentences as published, and the encoder's view of those that fit its window
 */
export function summariseArticle(
  article: EncodedArticle & { sentences: string[]; rarity: Rarity },
  rule: SummaryRule,
): Summary {
  const texts = article.sentences.slice(0, READ).map(trimSentence);
  if (texts.length === 0) return { text: '', sentences: [] };
  const chosen = choose(article, texts, rule).sort((a, b) => a.i - b.i);
  const text = beginSummary(chosen.map((one) => one.text).join(' '));
  return {
    text: shortenSentence(text, rule.maxCharacters),
    sentences: chosen.map(({ i }) => i),
  };
}

interface Chosen {
  i: number;
  text: string;
}

function choose(
  article: EncodedArticle & { rarity: Rarity },
  texts: string[],
  rule: SummaryRule,
): Chosen[] {
  const model = rule.likelyWords[article.language === 'ar' ? 'ar' : 'en'];
  if (model) {
    const fitting = texts.map((text) => fitInto(text, rule.maxCharacters) ?? text);
    const found = chooseLikely(fitting, placesOf(texts), {
      model,
      rarity: article.rarity,
      limits: rule,
    });
    return found.map((i) => ({ i, text: fitting[i] ?? '' }));
  }
  if (article.encoded.length === 0) return [{ i: 0, text: texts[0] ?? '' }];
  return chooseSalient(article, texts, rule);
}

/** Of the first sentences, those that can be read alone, or else whatever there is. */
function placesOf(texts: string[]): number[] {
  const first = [...texts.slice(0, AMONG).keys()];
  const own = first.filter((i) => !isOfThePage(texts[i] ?? ''));
  const alone = own.filter((i) => standsAlone(texts[i] ?? ''));
  return alone.length > 0 ? alone : own.length > 0 ? own : first;
}

/** Of a sentence, and how much it adds to those already taken. */
type Worth = (i: number, taken: number[]) => number;

function chooseSalient(article: EncodedArticle, texts: string[], rule: SummaryRule): Chosen[] {
  const weights = rule.weights[article.language === 'ar' ? 'ar' : 'en'];
  const worth = createWorth(article, weights);
  const places = [...texts.slice(0, article.encoded.length).keys()];
  const beginnings = places.filter((i) => i === 0 || !goesOn(texts[i] ?? ''));
  const first = bestOf(beginnings, (i) => worth(i, []));
  const text = texts[first] ?? '';
  const chosen = [{ i: first, text: fitInto(text, rule.maxCharacters) ?? text }];
  const least = worth(first, []) - weights.gap;
  while (chosen.length < rule.maxSentences) {
    const taken = chosen.map(({ i }) => i);
    const room = rule.maxCharacters - chosen.reduce((sum, one) => sum + one.text.length + 1, 0);
    const open = places.filter((i) => !taken.includes(i) && fitInto(texts[i] ?? '', room) !== null);
    const next = bestOf(open, (i) => worth(i, taken));
    const nextText = fitInto(texts[next] ?? '', room);
    if (open.length === 0 || nextText === null || worth(next, taken) < least) break;
    chosen.push({ i: next, text: nextText });
  }
  return chosen;
}

function createWorth({ encoded }: EncodedArticle, weights: SummaryRule['weights']['en']): Worth {
  return (i, taken) =>
    (encoded[i]?.salience ?? 0) -
    weights.logPosition * Math.log1p(i) +
    (i === 0 ? weights.first : 0) -
    weights.redundancy * likeness(i, taken, encoded);
}

function bestOf(places: number[], worthOf: (i: number) => number): number {
  const values = places.map(worthOf);
  return places[values.indexOf(Math.max(...values))] ?? 0;
}

function fitInto(text: string, room: number): string | null {
  return text.length <= room ? text : trimToFit(text, room);
}

/** The largest cosine with a sentence already taken, at least 0. */
function likeness(i: number, chosen: number[], encoded: EncodedSentence[]): number {
  const vector = encoded[i]?.vector ?? new Float32Array();
  return Math.max(0, ...chosen.map((j) => dotProduct(vector, encoded[j]?.vector ?? vector)));
}
