import { inventName, pick } from '../../src/commands/invent-name.ts';
import type { RssItem } from './render-rss.ts';

const CITIES =
  'Amman Rabat Lyon Osaka Lima Tunis Perth Oslo Quito Accra Muscat Turin Denver Hanoi Bergen Cusco Dakar'.split(
    ' ',
  );
const TRADES =
  'hospitals,port authority,water works,university,pharmacies,land registry,savings bank,airline,steel works,post office,law firm,brewery,cinemas'.split(
    ',',
  );
const ATTACKS: ((victim: string, gang: string) => { title: string; text: string })[] = [
  (victim, gang) => ({
    title: `Ransomware gang ${gang} paralyses ${victim}`,
    text: `Servers of ${victim} were encrypted by the ${gang} ransomware, and a payment in bitcoin was demanded.`,
  }),
  (victim, gang) => ({
    title: `Hackers of ${gang} steal customer data from ${victim}`,
    text: `Intruders who call themselves ${gang} copied names and passwords from a database of ${victim} before anyone noticed the breach.`,
  }),
  (victim, gang) => ({
    title: `Phishing by ${gang} empties accounts at ${victim}`,
    text: `Clerks at ${victim} were tricked by phishing e-mails that researchers attribute to ${gang}.`,
  }),
  (victim, gang) => ({
    title: `${gang} takes website of ${victim} offline in DDoS attack`,
    text: `A distributed denial-of-service attack, claimed by ${gang}, kept the website of ${victim} unreachable for hours.`,
  }),
  (victim, gang) => ({
    title: `${gang} spyware found on computers of ${victim}`,
    text: `A malware named ${gang} had read the mail of ${victim} for months, security researchers said.`,
  }),
];

/** `count` invented cyber incidents from number `first` on, each with a victim, a place and an attacker of its own. */
export function inventIncidents(first: number, count: number, published: Date): RssItem[] {
  return Array.from({ length: count }, (_, offset) => {
    const number = first + offset;
    const victim = `${inventName(number, 3)} ${pick(TRADES, number)} in ${pick(CITIES, number)}`;
    const { title, text } = pick(ATTACKS, number)(victim, inventName(number * 7 + 3, 2));
    const link = `https://wire.example/incidents/${number}`;
    return { id: `incident-${number}`, title, link, text, published };
  });
}
