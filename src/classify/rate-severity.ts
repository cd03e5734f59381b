import type { Severity, SeverityLevel } from '../domain/severity.ts';
import type { ScoredTopic, Topic } from '../domain/topic.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import { readScale } from './severity-scale.ts';
import { DENIALS, SEVERITY_SIGNS } from './severity-signs.ts';

/** What a story is about stands in its title and first paragraphs; further down lies background. */
const READ_CHARACTERS = 1_500;

/** From so many points on. */
const CRITICAL = 5;
const HIGH = 3;

const CRITICAL_CVSS = 9;
/** `CVSS score of 9.8`, `CVSS v3.1: 10.0`, `severity score of 9.8/10`, بدرجة 9.8 من 10. */
const CVSS =
  /(?:cvss|severity (?:score|rating)|(?:ب|ال)?درجه (?:ال)?خطوره\S*|(?:ب|ال)?تقييم\S*|ثغر\S* (?:\S+ ){0,3}بدرجه)(?: ?\(?v?[234](?:\.[01])?\)?(?![\d/]))?[^\d.]{0,30}?(\d{1,2}(?:\.\d)?)(?![\d%])|(?<![\d.])(\d{1,2}(?:\.\d)?)(?: ?\/ ?10| out of 10| من 10)(?!\d)/gu;

const LARGE_SCALE = 1_000_000;
const MANY_VICTIMS = 10_000;
const LARGE_LOSS = 10_000_000;

/** Stories about rules, advice and courts are news, not emergencies, unless an attack is told of as well. */
const CALM: ReadonlySet<Topic> = new Set(['policy', 'arrest', 'advisory']);

/**
 * How bad a story is, by a rule that shows its reasons. Points are added for each reason found in the title and the first
 * paragraphs: 5 make it critical, 3 high, 1 medium. A story only about law, courts or advice is medium at most, and says
 * `no-incident`. Pure; both languages alike.
 */
export function rateSeverity(article: {
  title: string;
  text: string;
  isCyber: boolean;
  topics: ScoredTopic[];
}): Severity {
  if (!article.isCyber) return { level: 'low', reasons: [] };
  // The title is a sentence of its own: what it denies or counts does not run on into the text.
  const read = normaliseForMatching(`${article.title}.\n${article.text.slice(0, READ_CHARACTERS)}`);
  const folded = read.replace(DENIALS, ' ');
  const found = SEVERITY_SIGNS.filter(({ patterns }) =>
    patterns.some((pattern) => pattern.test(folded)),
  );
  const reasons = found.map(({ reason, points }) => ({ reason, points }));
  if (hasCriticalScore(folded)) reasons.push({ reason: 'critical-cvss', points: 2 });
  reasons.push(...scaleReasons(folded));
  const points = reasons.reduce((sum, reason) => sum + reason.points, 0);
  const names = reasons.map(({ reason }) => reason);
  const isCalm = article.topics.length > 0 && article.topics.every(({ topic }) => CALM.has(topic));
  const level = levelOf(points);
  if (isCalm && (level === 'high' || level === 'critical')) {
    return { level: 'medium', reasons: [...names, 'no-incident'] };
  }
  return { level, reasons: names };
}

function levelOf(points: number): SeverityLevel {
  if (points >= CRITICAL) return 'critical';
  if (points >= HIGH) return 'high';
  return points >= 1 ? 'medium' : 'low';
}

function hasCriticalScore(folded: string): boolean {
  return Array.from(folded.matchAll(CVSS), (match) => Number(match[1] ?? match[2])).some(
    (score) => score >= CRITICAL_CVSS && score <= 10,
  );
}

function scaleReasons(folded: string): { reason: string; points: number }[] {
  const { victims, dollars } = readScale(folded);
  const reasons = [];
  if (victims >= LARGE_SCALE) reasons.push({ reason: 'large-scale', points: 2 });
  else if (victims >= MANY_VICTIMS) reasons.push({ reason: 'many-victims', points: 1 });
  if (dollars >= LARGE_LOSS) reasons.push({ reason: 'large-loss', points: 2 });
  return reasons;
}
