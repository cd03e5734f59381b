import { pluralEnglish } from '../../digest/plural.ts';

/** What Rasid says in English about what a member looks for. `ar-find.ts` has the same keys. */
export const enFind = {
  stats: {
    title: 'The last seven days',
    picture: 'Stories by topic and severity, last seven days',
    outlets: 'Sources that told most stories',
    none: 'No story in the last seven days.',
    precision: (share: number, votes: number) =>
      `${share}% of ${pluralEnglish(votes, { one: '# vote', other: '# votes' })} of this server said "Relevant".`,
    noVotes: 'Nobody in this server has voted this week. The buttons are under "More".',
  },
  sources: {
    title: 'Sources',
    none: 'There are no sources.',
    own: 'this server’s own',
    ask: 'Add this source? Only this server will see what it tells.',
    items: (count: number) => pluralEnglish(count, { one: '# item', other: '# items' }),
    added: (name: string) => `✅ ${name} is added and will be read within a minute.`,
    dropped: 'Nothing was added.',
    removed: (name: string) => `🗑 ${name} is removed. What it has told stays.`,
    known: (name: string) => `This server reads it already: ${name}`,
    tooMany: (limit: number) =>
      `A server can have ${limit} sources of its own. Remove one first: /sources remove`,
    expired: 'This was kept for an hour. Please begin again: /sources add',
    notYours: 'Only the member who asked can decide this.',
    unreadable: (code: string) => `This address cannot be read (${code}).`,
    problem: {
      'private-address': 'This address is not on the public internet, so it is never read.',
      'bad-url': 'This is not a web address.',
      scheme: 'This is not a web address.',
      port: 'This is not an address of the web: its port belongs to something else.',
      dns: 'There is no server of this name.',
      connect: 'The site cannot be reached. Please try again later.',
      'no-feed': 'There is no feed at this address, and the page leads to none.',
      timeout: 'The site did not answer in time. Please try again later.',
      refused: 'The site does not let Rasid read it.',
      gone: 'The site says that this is gone for good.',
      busy: 'The site is busy. Please try again later.',
      'too-large': 'This is too large to be a feed.',
      status: 'The site has no such page, or failed to give it.',
    },
    detail: {
      address: 'Address',
      language: 'Language',
      lastFetched: 'Last fetched',
      lastSuccess: 'Last read well',
      nextCheck: 'Next look',
      failures: (count: number) =>
        pluralEnglish(count, { one: '# failure in a row', other: '# failures in a row' }),
      answer: 'Last answer (HTTP)',
      error: 'What was wrong',
      note: 'Note',
    },
    neverFetched: 'not fetched yet',
    fetched: (when: string) => `fetched ${when}`,
    health: {
      new: 'new',
      fresh: 'fresh',
      slow: 'slow',
      failing: 'failing',
      failingSince: (when: string) => `failing since ${when}`,
      refused: 'refuses Rasid',
      gone: 'gone for good',
      off: 'switched off',
    },
  },
  why: {
    title: (title: string) => `Why: ${title}`,
    source: 'Source',
    article: 'Article',
    times: (published: string, found: string) => `published ${published}, found ${found}`,
    language: 'Language',
    score: (score: string, threshold: string) =>
      `Cyber story: ${score}, at least ${threshold} is asked of the model`,
    topics: 'Topics',
    severity: (level: string) => `Severity ${level}`,
    story: (size: string, updated: string) => `Story: ${size}, last report joined ${updated}`,
    joinedByPerson: 'A person said that its reports are one story.',
    keptApartByPerson:
      'A person said that it is not the same as another story: the two stay apart.',
    subscriptions: 'Subscriptions of this channel',
    noSubscription:
      'This channel has no subscription, so nothing is posted here. Begin with /subscribe',
    notRead: 'It waits to be read by the model.',
    backlog: (count: number, oldest: string) =>
      `Waiting now: ${count}, the oldest found ${oldest}. The newest day is read first, and in it the most trusted sources.`,
    givenUp: (when: string) =>
      `The model never read it: more came than it could read. After two weeks it was given up (${when}).`,
    unreadable: 'The model could not read it, so it is in no story.',
    notCyber: 'It does not count as a cyber story, so it is posted nowhere.',
    noStoryYet: 'It waits to be joined with the other reports of its story; this takes seconds.',
    unknown: 'No source has brought this link.',
    sourcesOf: (host: string) => `These would bring what ${host} publishes:`,
    noSourceOf: (host: string) => `No source covers ${host}. Add one: /sources add`,
    badLink: 'This is not a link. It begins with https://',
    nothingAsked: 'Give a link or a story.',
    reason: {
      'exploited-in-the-wild': 'exploited in the wild',
      'known-exploited': 'on a list of known exploited vulnerabilities',
      'zero-day': 'zero-day',
      'critical-infrastructure': 'critical infrastructure',
      'state-actor': 'state actor',
      ransomware: 'ransomware',
      'service-disrupted': 'a service is down',
      'government-target': 'a government is the target',
      active: 'still going on',
      'critical-cvss': 'critical CVSS score',
      'large-scale': 'a million victims or more',
      'many-victims': 'many victims',
      'large-loss': 'a large loss of money',
      'no-incident': 'no incident, so not higher',
    } as Record<string, string>,
    verdict: {
      sent: (link: string) => `sent: ${link}`,
      pending: (attempts: number) =>
        attempts === 0
          ? 'in a digest that waits to be sent'
          : `in a digest that is being sent (attempt ${attempts})`,
      failed: (error: string) => `its message could not be sent: ${error}`,
      held: 'passes; it follows in one digest when Discord has taken the message to this channel that waits',
      counted: 'counted in a digest that had more stories than it shows',
      filtered: 'does not pass the filter',
      paused: (reason: string) => `passes, but the subscription waits: ${reason}`,
      old: (window: string) =>
        `passes, but is no news any more: its newest report is more than a day older than the last digest (${window})`,
      earlier: (window: string) =>
        `passes now, but came before what the next digest looks at (since ${window})`,
      next: (due: string) => `passes; in the next digest, ${due}`,
    },
    gate: {
      anything: 'anything',
      score: (score: string, threshold: string) => `score ${score}, at least ${threshold} here`,
      language: (told: string, wanted: string) => `language ${told}; wanted: ${wanted}`,
      topic: (told: string, wanted: string) => `topics ${told}; wanted: ${wanted}`,
      severity: (level: string, least: string) => `severity ${level}, at least ${least}`,
      source: (told: string, wanted: string) => `sources ${told}; wanted: ${wanted}`,
      keyword: (text: string) => `keyword: ${text}`,
    },
  },
  storyPage: {
    unknown: (text: string) =>
      `There is no story "${text}". Choose one from the list, or give a link to one of its articles.`,
    timeline: 'Timeline',
    firstReport: 'First report',
    firstIn: (language: string) => `First ${language}`,
    latestReport: 'Latest report',
    exploited: (day: string) => `⚠ known to be exploited (CISA, ${day})`,
  },
  search: {
    title: (query: string) => `Found for ${query}`,
    none: (query: string) =>
      `No story was found for ${query}. Other words, or a longer time, may find one.`,
    language: { ar: 'Arabic', en: 'English', other: 'another language' },
    notYours: 'Only the member who asked can turn these pages. Ask for yourself: /search',
    expired: 'These results were kept for 24 hours. Please ask again: /search',
  },
};
