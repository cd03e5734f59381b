/** An article as the encoder takes it, prepared by language/: the sentences are those of the body, in order. */
export interface EncoderInput {
  title: string;
  sentences: string[];
}

/** Half-open range of token positions. */
interface TokenSpan {
  start: number;
  end: number;
}

/** A word of the title (`sentence` -1) or of a sentence, and the tokens that it became. */
export interface TokenisedWord extends TokenSpan {
  text: string;
  sentence: number;
}

/** A sentence whose last tokens did not fit is not whole. */
interface SentenceSpan extends TokenSpan {
  isWhole: boolean;
}

export interface TokenisedArticle {
  ids: number[];
  words: TokenisedWord[];
  /** The sentences that fit wholly or in part; later ones were cut. */
  sentences: SentenceSpan[];
}

const BOS = 0;
const EOS = 2;
/** Tokens that a title may take: docs/model-contract.md. */
const TITLE_TOKENS = 48;
/** A word longer than this is no word; its first part decides, and the tokeniser's time stays bounded. */
const LONGEST_WORD = 500;
/** Word lists of news are small; beyond this the cache starts again rather than grow. */
const CACHED_WORDS = 50_000;

/**
 * Makes the ids of docs/model-contract.md: `<s> title </s> body </s>`. Pieces never cross white space, so words are
 * tokenised one by one; that gives every token its word, and lets frequent words come from a cache.
 * @param tokenise the ids of one word, without special tokens
 */
export function createArticleTokeniser(tokenise: (word: string) => number[], maxTokens: number) {
  let cache = new Map<string, number[]>();

  const idsOf = (word: string): number[] => {
    const known = word === '' ? [] : cache.get(word);
    if (known) return known;
    const ids = tokenise(word.slice(0, LONGEST_WORD));
    if (cache.size >= CACHED_WORDS) cache = new Map();
    cache.set(word, ids);
    return ids;
  };

  /** Adds the words of a text until there are `limit` ids; the last word may be cut. @returns whether all fit. */
  const append = (
    article: TokenisedArticle,
    text: string,
    sentence: number,
    limit: number,
  ): boolean => {
    for (const word of text.split(' ')) {
      const start = article.ids.length;
      const ids = idsOf(word);
      article.ids.push(...ids.slice(0, limit - start));
      const end = article.ids.length;
      if (end > start) article.words.push({ text: word, sentence, start, end });
      if (start + ids.length > limit) return false;
    }
    return true;
  };

  return (input: EncoderInput): TokenisedArticle => {
    const article: TokenisedArticle = { ids: [BOS], words: [], sentences: [] };
    append(article, input.title, -1, Math.min(1 + TITLE_TOKENS, maxTokens - 2));
    article.ids.push(EOS);
    for (const [index, sentence] of input.sentences.entries()) {
      const start = article.ids.length;
      if (start >= maxTokens - 1) break;
      const isWhole = append(article, sentence, index, maxTokens - 1);
      article.sentences.push({ start, end: article.ids.length, isWhole });
    }
    article.ids.push(EOS);
    return article;
  };
}
