import { pluralEnglish } from '../../digest/plural.ts';

/** What Rasid says in English about keeping a channel: drafts, quiet hours, votes, and why a subscription waits. `ar-keep.ts` has the same keys. */
export const enKeep = {
  draft: {
    title: 'Not saved yet. This is what it would be:',
    confirm: 'Confirm',
    edit: 'Edit',
    cancel: 'Cancel',
    cancelled: 'Nothing was saved.',
    expired: 'This was kept for an hour. Please begin again: /subscribe',
  },
  preview: {
    title: 'What the last 24 hours would have brought:',
    button: 'Preview',
  },
  form: {
    title: 'Subscription',
    button: 'Edit',
    when: 'When',
    whenHint: 'instant · hourly · daily 08:00 Asia/Riyadh · weekly sunday 08:00 Asia/Riyadh',
    what: 'Language and severity',
    topics: 'Topics, separated by commas; empty: all',
    sources: 'Sources, separated by commas; empty: all',
    keyword: 'Filter',
    keywordHint:
      'AND, OR, NOT, (…), "phrases", topic:breach, severity:high, language:ar, source:"BBC"',
    badWhen: (text: string, position: number) =>
      `When: "${text}" at character ${position} is not understood. Write it like "daily 08:00 Asia/Riyadh".`,
    inField: (field: string, problem: string) => `${field}: ${problem}`,
  },
  placeForm: {
    title: 'Channel and role',
    button: 'Channel & role',
    channel: 'Channel, thread or forum',
    role: 'Role to mention; empty: nobody',
    roleSeverity: 'Mention it for stories of',
    follow: 'Developments of posted stories',
    followed: 'are also told in a thread under the message',
    notFollowed: 'only change the posted message',
    noChannel: 'Choose a channel.',
  },
  rest: {
    title: 'The other stories of this digest',
    none: 'These stories are not available any more.',
  },
  vote: {
    buttons: { relevant: 'Relevant', 'not-for-us': 'Not for us', 'not-cyber': 'Not cyber' },
    thanks: '✅ Noted. You can change it with the buttons.',
    untrusted:
      '✅ Noted. It counts later for members whose account is 30 days old and who have been in this server for a week.',
    notHere: 'Votes are for those who can see the channel in which this story was posted.',
  },
  server: {
    quietHours: (from: string, to: string) => `Quiet hours: ${from}–${to}, then one digest`,
    noQuietHours: 'Quiet hours: none',
    critical: (passes: boolean): string =>
      passes ? 'Critical stories pass in quiet hours' : 'Critical stories wait as well',
    night: (silent: boolean): string =>
      silent
        ? 'What is posted in quiet hours makes no sound'
        : 'What is posted in quiet hours notifies',
    threshold: (value: string) => `Threshold: ${value}`,
    ownThreshold: (value: string) => `${value} (this server’s own)`,
    modelThreshold: (value: string) => `${value} (the model’s)`,
    votes: (voters: number, shift: string) =>
      `${pluralEnglish(voters, { one: 'Votes of # member', other: 'Votes of # members' })} move it by ${shift}`,
    topicWeight: (topic: string, weight: string) => `${topic} ×${weight}`,
    managerRole: (role: string) => `May change things: ${role} and Manage Server`,
    managerHint:
      'Members with this role find buttons for subscriptions under /help right away. Discord lets no bot show them the commands themselves: for that, open Server Settings → Integrations → Rasid, and under each of /subscribe, /subscriptions, /unsubscribe and /settings add the role.',
    badQuietHours: (text: string) =>
      `"${text}" is not a span of time. Write HH:MM-HH:MM, such as 22:00-07:00, or off.`,
    badThreshold: (text: string) =>
      `"${text}" is not a threshold. Write a number from 0.05 to 0.95, or reset.`,
    onlyManageServer: 'Only those with "Manage Server" can choose the role.',
  },
  access: {
    notAllowed: (role: string) =>
      `You need the permission "Manage Server" or the role ${role} for this.`,
    slowDown: (seconds: number) =>
      pluralEnglish(seconds, {
        one: 'That was quick. Please try again in # second.',
        other: 'That was quick. Please try again in # seconds.',
      }),
    waits: (server: string, channel: string, reason: string) =>
      `Rasid can no longer post to ${channel} in ${server}: ${reason}. Your digests wait and come as one when that is mended; nothing else needs to be done. See /subscriptions`,
    roleGone: (server: string, channel: string) =>
      `The role that your digests in ${channel} of ${server} mention was deleted. They go on and mention nobody; to choose another role, see /subscriptions`,
  },
};
