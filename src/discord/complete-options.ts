import { digestLabels } from '../digest/labels.ts';
import { shortenText } from '../digest/shorten-text.ts';
import { zoneCity } from '../digest/zone-city.ts';
import type { Feed } from '../domain/feed.ts';
import { TOPICS } from '../domain/topic.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import type { Database } from '../store/db.ts';
import { listFeeds } from '../store/feed-store.ts';
import type { Choice } from './command.ts';
import { MAX_CHOICE_LENGTH, MAX_CHOICES } from './limits.ts';
import { splitList } from './read-options.ts';

/** Zones by city, in either script; what begins with the text comes first. */
export function completeTimezone(typed: string, language: 'ar' | 'en'): Choice[] {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => {
    const city = zoneCity(zone, language);
    const name = language === 'ar' && !zone.includes(city) ? `${city} · ${zone}` : zone;
    return { value: zone, name, keys: [zoneCity(zone, 'en'), zoneCity(zone, 'ar'), zone] };
  });
  return choose(zones, typed);
}

/** A list of topics separated by commas: the last one is completed, those before it are kept. */
export function completeTopics(typed: string, language: 'ar' | 'en'): Choice[] {
  const labels = digestLabels(language).topic;
  const topics = TOPICS.map((topic) => ({
    value: topic,
    name: labels[topic],
    keys: [topic, digestLabels('en').topic[topic], digestLabels('ar').topic[topic]],
  }));
  return completeList(topics, typed);
}

/** A list of outlets separated by commas, out of those that this server can read. */
export async function completeSources(
  typed: string,
  db: Database,
  guildId: string,
): Promise<Choice[]> {
  const outlets = await readableOutlets(db, guildId);
  return completeList(
    outlets.map((outlet) => ({ value: outlet, name: outlet, keys: [outlet] })),
    typed,
  );
}

/** Sources by name; the value is the source's id. */
export function completeFeeds(feeds: Feed[], typed: string): Choice[] {
  return choose(
    feeds.map(({ id, name }) => ({
      value: id,
      name: shortenText(name, MAX_CHOICE_LENGTH),
      keys: [name],
    })),
    typed,
  );
}

/** Names of the outlets of the catalogue and of the server's own sources. */
export async function readableOutlets(db: Database, guildId: string): Promise<string[]> {
  const feeds = await listFeeds(db, guildId);
  return [...new Set(feeds.map((feed) => feed.outlet))].sort((a, b) => a.localeCompare(b));
}

interface Candidate extends Choice {
  /** What it may be called by. */
  keys: string[];
}

function completeList(candidates: Candidate[], typed: string): Choice[] {
  const parts = splitList(typed);
  const last = /[,،]\s*$/.test(typed) ? '' : (parts.pop() ?? '');
  const others = candidates.filter(({ value }) => !parts.includes(value));
  const before = parts.map((part) => ({
    value: part,
    name: candidates.find(({ value }) => value === part)?.name ?? part,
  }));
  return choose(others, last)
    .map((choice) => ({
      value: [...before, choice].map(({ value }) => value).join(','),
      name: [...before, choice].map(({ name }) => name).join(', '),
    }))
    .filter(fitsChoice);
}

function choose(candidates: Candidate[], typed: string): Choice[] {
  const wanted = normaliseForMatching(typed);
  const keysOf = (candidate: Candidate) => candidate.keys.map(normaliseForMatching);
  const begins = candidates.filter((candidate) =>
    keysOf(candidate).some((key) => key.startsWith(wanted)),
  );
  const holds = candidates.filter(
    (candidate) =>
      !begins.includes(candidate) && keysOf(candidate).some((key) => key.includes(wanted)),
  );
  return [...begins, ...holds]
    .map(({ name, value }) => ({ name, value }))
    .filter(fitsChoice)
    .slice(0, MAX_CHOICES);
}

function fitsChoice(choice: Choice): boolean {
  return choice.name.length <= MAX_CHOICE_LENGTH && choice.value.length <= MAX_CHOICE_LENGTH;
}
