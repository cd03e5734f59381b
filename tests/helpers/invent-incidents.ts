import type { RssItem } from './render-rss.ts';

const CITIES = [
  'Amman',
  'Rabat',
  'Lyon',
  'Osaka',
  'Lima',
  'Tunis',
  'Perth',
  'Oslo',
  'Quito',
  'Accra',
  'Muscat',
  'Turin',
  'Denver',
  'Hanoi',
];
const VICTIMS = [
  'a hospital group',
  'the port authority',
  'a water utility',
  'a university',
  'a chain of pharmacies',
  'the land registry',
  'a regional bank',
  'an airline',
  'a steel maker',
  'the post office',
  'a law firm',
];
const ATTACKS = [
  {
    title: 'Ransomware paralyses',
    text: 'Hackers encrypted its servers with ransomware and demanded a payment in bitcoin.',
  },
  {
    title: 'Hackers steal customer data from',
    text: 'The intruders copied names, addresses and passwords of customers before they were noticed.',
  },
  {
    title: 'Phishing campaign empties accounts at',
    text: 'Employees were tricked by phishing e-mails into giving away their passwords.',
  },
  {
    title: 'DDoS attack takes down website of',
    text: 'A distributed denial-of-service attack kept its website offline for hours.',
  },
  {
    title: 'Malware found on computers of',
    text: 'Security researchers found a new malware that spied on its network for months.',
  },
];

/** `count` invented cyber incidents from number `first` on, each unlike the others in place, victim and kind. */
export function inventIncidents(first: number, count: number, published: Date): RssItem[] {
  return Array.from({ length: count }, (_, offset) => {
    const number = first + offset;
    const attack = pick(ATTACKS, number);
    const victim = pick(VICTIMS, number);
    const city = pick(CITIES, number);
    return {
      id: `incident-${number}`,
      title: `${attack.title} ${victim} in ${city}`,
      link: `https://wire.example/incidents/${number}`,
      text: `${attack.text} The cyberattack on ${victim} in ${city} was discovered on Tuesday, and ${100 + number} computers were affected, officials said. Case number ${number}.`,
      published,
    };
  });
}

function pick<T>(list: T[], number: number): T {
  const value = list[number % list.length];
  if (value === undefined) throw new RangeError('an empty list');
  return value;
}
