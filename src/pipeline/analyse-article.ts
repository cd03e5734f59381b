import { classifyArticle } from '../classify/classify-article.ts';
import { ngramsOf } from '../classify/ngrams.ts';
import { rateSeverity } from '../classify/rate-severity.ts';
import { rarityOf } from '../cluster/word-rarity.ts';
import type { Analysis, ArticleText } from '../domain/article.ts';
import { extractEntities } from '../entities/extract-entities.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { splitSentences } from '../language/split-sentences.ts';
import type { Encoder } from '../models/encoder.ts';
import type { EncodedText } from '../models/read-outputs.ts';
import { summariseArticle } from '../summarise/summarise-article.ts';

/** No encoder reads further: an article of a megabyte costs no more than a long one. */
const READ_CHARACTERS = 100_000;

/** While the encoder's thread works on one slice, this one goes through the answers for the slice before. */
const SLICE = 16;

/**
 * Reads articles: one run of the encoder for each serves its score, topics, summary, names and vector. Results in the order of
 * `articles`; texts are published ones, cleaned of boilerplate, paragraphs separated by a line feed.
 * @throws ModelError as `Encoder.encode` and `classifyArticle` do
 */
export async function analyseArticles(
  encoder: Encoder,
  articles: ArticleText[],
): Promise<Analysis[]> {
  const slices: Promise<Analysis[]>[] = [];
  for (let start = 0; start < articles.length; start += SLICE) {
    slices.push(analyseSlice(encoder, articles.slice(start, start + SLICE)));
  }
  return (await Promise.all(slices)).flat();
}

async function analyseSlice(encoder: Encoder, articles: ArticleText[]): Promise<Analysis[]> {
  const split = articles.map((article) => splitSentences(article.text.slice(0, READ_CHARACTERS)));
  const encoded = await encoder.encode(
    articles.map(({ title }, i) => ({
      title: prepareForModel(title),
      sentences: (split[i] ?? []).map(prepareForModel),
    })),
  );
  return articles.flatMap((article, i) => {
    const text = encoded[i];
    return text ? [analyse(encoder, article, split[i] ?? [], text)] : [];
  });
}

function analyse(
  encoder: Encoder,
  article: ArticleText,
  sentences: string[],
  encoded: EncodedText,
): Analysis {
  const { title, text, url } = article;
  const language = detectLanguage(title, text);
  const { heads } = encoder;
  const rarity = (word: string) => rarityOf(word, heads.story.idf);
  const ngramLogit = ngramsOf(encoder)?.(title, text) ?? null;
  const { cyber, topics } = classifyArticle(encoded, {
    ...{ language, heads, ngramLogit },
    ...{ title, text },
  });
  return {
    language,
    cyber,
    topics,
    severity: rateSeverity({ title, text, isCyber: cyber.isCyber, topics }),
    entities: extractEntities(`${title}\n${text}`, encoded.tags, {
      url,
      leastMargin: heads.tagging.leastMargin,
    }),
    summary: summariseArticle(
      { sentences, encoded: encoded.sentences, language, rarity },
      heads.summary,
    ),
    embedding: encoded.embedding,
  };
}
