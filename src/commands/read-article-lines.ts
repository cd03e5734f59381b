import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ArticleText } from '../domain/article.ts';
import { messageOf, UsageError } from '../domain/errors.ts';
import { stripBoilerplate } from '../extract/strip-boilerplate.ts';
import { readDate } from './read-date.ts';

type LineId = string | number;

interface LineError {
  id?: LineId;
  error: { code: string; message: string };
}

/** One line of the input: an article, or what is wrong with it. */
export type ArticleLine = { id: LineId; article: ArticleText } | LineError;

const optionalText = z.string().nullish();

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  title: optionalText,
  text: optionalText,
  url: optionalText,
  published: optionalText,
  source: optionalText,
});

/**
 * Reads JSON lines `{id, title?, text?, url?, published?, source?}` one at a time; blank lines are passed
 * over, and texts are cleaned of their publishers' boilerplate as the pipeline does.
 * @param file a path, or undefined for the standard input
 * @throws UsageError `no-file`
 */
export async function* readArticleLines(file: string | undefined): AsyncGenerator<ArticleLine> {
  if (file !== undefined && !existsSync(file)) {
    throw new UsageError('no-file', `${file} does not exist`);
  }
  const input = file === undefined ? process.stdin : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield readLine(line.replace(/^\ufeff/u, ''));
  }
}

function readLine(line: string): ArticleLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { error: { code: 'bad-json', message: messageOf(error) } };
  }
  const result = lineSchema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    const message = `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'invalid'}`;
    const id = z.object({ id: lineSchema.shape.id }).safeParse(value);
    return { ...(id.success ? id.data : {}), error: { code: 'bad-article', message } };
  }
  const { id, title, text, url, published, source } = result.data;
  return {
    id,
    article: {
      title: title ?? '',
      text: stripBoilerplate(text ?? ''),
      url: url ?? undefined,
      publishedAt: readDate(published),
      source: source ?? undefined,
    },
  };
}
