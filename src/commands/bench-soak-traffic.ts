import { inventName, pick } from './invent-name.ts';

/** The month that `rasid bench soak` replays: which feed publishes what, and when. The server and the bench compute it alike. */
export interface Traffic {
  feeds: number;
  /** Of each feed. */
  articlesPerDay: number;
  startsAt: Date;
}

const DAY_MS = 86_400_000;
/** A feed shows its newest so many: none is pushed out between two polls, and none is still there after the week when a sighting is noted again. */
const SHOWN = 24;
/** Every so manieth report is about an attack, as in the general press of a bad week. */
const CYBER_EVERY = 12;

const CITIES = 'Amman Rabat Lyon Osaka Lima Tunis Perth Oslo Quito Accra Muscat Turin'.split(' ');
const TRADES = 'hospitals,port authority,university,savings bank,airline,law firm,brewery'.split(
  ',',
);

/** How many reports a feed has published by then. */
export function publishedBy(traffic: Traffic, feed: number, now: Date): number {
  const spacing = DAY_MS / traffic.articlesPerDay;
  // Feeds do not publish in step.
  const offset = (spacing * feed) / traffic.feeds;
  const since = now.getTime() - traffic.startsAt.getTime() - offset;
  return since < 0 ? 0 : Math.floor(since / spacing) + 1;
}

/** The feed's document at that moment: RSS 2.0, the newest report first. */
export function renderSoakFeed(traffic: Traffic, feed: number, now: Date): string {
  const published = publishedBy(traffic, feed, now);
  const numbers = Array.from({ length: Math.min(SHOWN, published) }, (_, n) => published - 1 - n);
  const items = numbers.map((number) => renderReport(traffic, feed, number));
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Wire ${feed}</title>
<link>https://wire-${feed}.example/</link><description>Soak</description>${items.join('')}</channel></rss>`;
}

function renderReport(traffic: Traffic, feed: number, number: number): string {
  const seed = number * traffic.feeds + feed;
  const { title, text } = seed % CYBER_EVERY === 0 ? inventAttack(seed) : inventMatch(seed);
  const spacing = DAY_MS / traffic.articlesPerDay;
  const at = new Date(
    traffic.startsAt.getTime() + spacing * (number + feed / traffic.feeds),
  ).toUTCString();
  return `<item><title>${title}</title><link>https://wire-${feed}.example/${number}</link>
<guid isPermaLink="false">${feed}-${number}</guid><pubDate>${at}</pubDate><description>${text}</description></item>`;
}

function inventAttack(seed: number): { title: string; text: string } {
  const victim = `${inventName(seed, 3)} ${pick(TRADES, seed)} in ${pick(CITIES, seed)}`;
  const gang = inventName(seed * 7 + 3, 2);
  return {
    title: `Ransomware gang ${gang} paralyses ${victim}`,
    text: `Servers of ${victim} were encrypted by the ${gang} ransomware, and a payment in bitcoin was demanded. Police were informed, and clients were told that their data may have been stolen. Systems are being restored from backups.`,
  };
}

function inventMatch(seed: number): { title: string; text: string } {
  const [home, guest] = [inventName(seed, 2), inventName(seed * 5 + 1, 2)];
  return {
    title: `${home} beat ${guest} in ${pick(CITIES, seed)} to stay in the league`,
    text: `A late goal gave ${home} the three points on Saturday. The coach of ${guest} said that his players had deserved more. Both meet again in the spring, when the stadium in ${pick(CITIES, seed + 1)} has been rebuilt.`,
  };
}
