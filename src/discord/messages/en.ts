import { pluralEnglish } from '../../digest/plural.ts';
import { enFind } from './en-find.ts';
import { enKeep } from './en-keep.ts';

/** Everything that Rasid says in Discord, in English. `ar.ts` has the same keys: leaving one out does not compile. */
export const en = {
  ...enFind,
  ...enKeep,
  buttons: {
    more: 'More',
    latest: 'Latest stories',
    previous: 'Previous',
    next: 'Next',
    pause: 'Pause',
    resume: 'Resume',
    delete: 'Delete',
    confirmDelete: 'Yes, delete',
    keep: 'Keep',
  },
  schedule: { instant: 'Instant', hourly: 'Hourly', daily: 'Daily', weekly: 'Weekly' },
  weekday: {
    1: 'Monday',
    2: 'Tuesday',
    3: 'Wednesday',
    4: 'Thursday',
    5: 'Friday',
    6: 'Saturday',
    7: 'Sunday',
  },
  storyLanguage: {
    ar: 'Arabic stories',
    en: 'English stories',
    both: 'Arabic and English stories',
  },
  subscription: {
    everyHour: 'at each full hour',
    dailyAt: (time: string, city: string) => `at ${time} (${city})`,
    weeklyAt: (day: string, time: string, city: string) => `${day}s at ${time} (${city})`,
    severityFrom: (level: string) => `severity ${level} or above`,
    topics: (list: string) => `topics: ${list}`,
    sources: (list: string) => `sources: ${list}`,
    keyword: (text: string) => `keyword: ${text}`,
    mentions: (role: string) => `mentions ${role}`,
    mentionsFrom: (role: string, level: string) => `mentions ${role} from ${level}`,
    follows: 'developments go to a thread',
    next: (when: string) => `next ${when}`,
    asTheyCome: 'as soon as a story comes',
    paused: (reason: string) => `paused: ${reason}`,
    pausedBy: (user: string) => `by ${user}`,
    pausedReason: {
      'channel-gone': 'the channel does not exist any more',
      forbidden: 'Rasid may not post there',
      'bot-removed': 'Rasid was removed from the server',
    },
  },
  subscribe: {
    done: (channel: string) => `✅ ${channel} will receive cyber stories:`,
    tooMany: (limit: number) =>
      `A server can have ${limit} subscriptions. Delete one first: /subscriptions`,
  },
  subscriptions: {
    title: (count: number) =>
      pluralEnglish(count, { one: '# subscription', other: '# subscriptions' }),
    none: 'No subscriptions yet. Begin with /subscribe',
    askDelete: 'Delete this subscription? This cannot be undone.',
  },
  unsubscribe: { done: '🗑 Deleted:' },
  latest: {
    title: 'Latest cyber stories',
    none: 'No story of the last seven days fits these filters.',
    page: (from: number, to: number, total: number) => `${from}–${to} of ${total}`,
  },
  story: {
    sources: 'Sources',
    entities: {
      actors: 'Actors',
      organisations: 'Organisations',
      products: 'Products',
      malware: 'Malware',
      cves: 'CVEs',
    },
    noSummary: 'No report of this story has text to summarise; the links lead to the articles.',
    others: (count: number) => `and ${count} more`,
  },
  settings: {
    title: 'Settings of this server',
    saved: '✅ Saved.',
    language: (name: string) => `Language: ${name}`,
    timezone: (zone: string) => `Time zone: ${zone}`,
    languageName: { ar: 'Arabic', en: 'English' },
  },
  help: {
    buttons: { begin: 'New digest here', list: 'Subscriptions' },
    title: 'Rasid watches Arabic and English news for cybersecurity stories.',
    commands: {
      subscribe: 'post digests to a channel, on a schedule and filtered as you like',
      subscriptions: 'see, preview, edit, pause, resume or delete the digests of this server',
      unsubscribe: 'delete one of them',
      digest: 'a digest now, for your eyes only',
      latest: 'the latest stories, page by page',
      search: 'find stories by meaning and by words, in either language',
      why: 'why a story was, or was not, posted in this channel',
      story: 'one story: all its articles, its timeline, names and CVEs',
      stats: 'this week in a picture: stories by topic and severity',
      sources: 'where the news comes from; add sources for this server alone',
      settings: 'language, time zone, quiet hours and threshold of this server',
      help: 'this page',
    },
    keyword:
      'Keywords: words side by side must all occur; AND, OR, NOT in capitals, (parentheses) and "exact phrases" combine them; a* stands for any ending; topic:, severity:, language: and source: ask for those. Example: ransomware AND (hospital* OR severity:critical) NOT source:"BBC"',
  },
  times: {
    now: 'now',
    at: (clock: string) => clock,
    on: (date: string) => date,
  },
  errors: {
    failed: 'Something went wrong on our side and has been logged. Please try again in a minute.',
    notAllowed: 'You need the permission "Manage Server" for this.',
    busy: 'Rasid is very busy just now. Please press again in a moment.',
    gone: 'This is not available any more.',
    unknownSubscription: 'There is no such subscription in this server.',
    unknownZone: (zone: string) =>
      `There is no time zone "${zone}". Choose one from the list, such as Asia/Riyadh or Europe/London.`,
    badTime: (text: string) =>
      `"${text}" is not a time of day. Write it as HH:MM, such as 08:00 or 17:30.`,
    unknownTopic: (text: string) => `There is no topic "${text}". Choose one from the list.`,
    unknownSource: (text: string) => `There is no source "${text}". Choose one from the list.`,
    tooLong: (limit: number) => `This is too long: at most ${limit} characters.`,
    badKeyword: (problem: string, position: number) =>
      `The keyword filter has a mistake at character ${position}: ${problem}`,
    keyword: {
      empty: 'there is no word in it.',
      'unclosed-quote': 'this quotation mark is never closed.',
      'unclosed-parenthesis': 'this parenthesis is never closed.',
      'missing-word': 'a word is expected here.',
      'unexpected-parenthesis': 'this parenthesis was never opened.',
      'missing-value': 'a value is expected here, such as topic:ransomware.',
      'unknown-topic': 'there is no such topic.',
      'unknown-severity': 'severity is low, medium, high or critical.',
      'unknown-language': 'language is ar or en.',
    },
    cannotPost: (channel: string, missing: string) =>
      `Rasid cannot post to ${channel}. It lacks: ${missing}`,
    unknownChannel: (channel: string) =>
      `Rasid cannot see ${channel}. Give it "View Channel" there, then try again.`,
    permission: {
      ViewChannel: 'View Channel',
      SendMessages: 'Send Messages',
      SendMessagesInThreads: 'Send Messages in Threads',
      CreatePublicThreads: 'Create Public Threads',
      ReadMessageHistory: 'Read Message History',
    },
  },
};

export type Messages = typeof en;
