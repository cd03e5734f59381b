import type { DigestLabels } from './labels.ts';
import { pluralEnglish } from './plural.ts';

export const englishLabels: DigestLabels = {
  title: 'Cyber digest',
  severity: { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' },
  topic: {
    breach: 'data breach',
    intrusion: 'intrusion',
    ransomware: 'ransomware',
    vulnerability: 'vulnerability',
    malware: 'malware',
    espionage: 'espionage',
    fraud: 'fraud',
    ddos: 'DDoS',
    'supply-chain': 'supply chain',
    policy: 'policy',
    arrest: 'arrest',
    outage: 'outage',
    'ai-security': 'AI security',
    advisory: 'advisory',
  },
  inLanguage: { ar: 'in Arabic', en: 'in English', other: 'in another language' },
  stories: (count) => pluralEnglish(count, { one: '# story', other: '# stories' }),
  critical: (count) => `${count} critical`,
  articlesFromSources: (articles, sources) =>
    `${pluralEnglish(articles, { one: '# article', other: '# articles' })} from ${pluralEnglish(sources, { one: '# source', other: '# sources' })}`,
  moreOutlets: (count) => ` +${count}`,
  moreStories: (count) => `and ${count} more`,
  firstReported: (age) => `first ${age}`,
  comma: ', ',
  updated: (count) =>
    count === 1 ? 'updated once' : count === 2 ? 'updated twice' : `updated ${count} times`,
  sources: (count) => pluralEnglish(count, { one: '# source', other: '# sources' }),
  sourceFailing: (outlet, since) => `${outlet} has not been readable since ${since}.`,
  development: 'New on this story',
  roseTo: (level) => `now ${level.toLowerCase()}`,
  nothing: 'Nothing to report.',
};
