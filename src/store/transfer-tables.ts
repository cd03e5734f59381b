/** One table of an export: how its rows are known again in another database, and which of two versions of a row is kept. */
export interface TransferTable {
  name: string;
  /** Columns that hold another table's id. */
  references: Readonly<Record<string, string>>;
  /** For a table with an id: finds the id of the same row, `i`, where it is there already. */
  find?: string;
  /** For a table without an id: its key. */
  key?: string;
  /** A row that is there already is overwritten under this condition; otherwise it stays. */
  replaceWhen?: string;
  /** Added to each line, beside the table's own columns. */
  extra?: string;
}

/** In an order in which no row comes before one that it refers to. */
export const TRANSFER_TABLES: readonly TransferTable[] = [
  {
    name: 'guild_settings',
    references: {},
    key: 'guild_id',
    replaceWhen: 'excluded.updated_at > guild_settings.updated_at',
  },
  {
    name: 'feeds',
    references: {},
    find: 'SELECT t.id FROM feeds t WHERE t.source_url = i.source_url AND t.guild_id IS NOT DISTINCT FROM i.guild_id',
    replaceWhen: `excluded.last_fetched_at > coalesce(feeds.last_fetched_at, '-infinity')`,
  },
  {
    name: 'exploited_cves',
    references: {},
    key: 'cve',
    replaceWhen: 'excluded.read_at > exploited_cves.read_at',
  },
  {
    // A story has no name of its own: it is the one that tells the same articles.
    name: 'stories',
    references: { merged_into: 'stories' },
    extra: `jsonb_build_object('articles',
      (SELECT coalesce(jsonb_agg(a.canonical_url ORDER BY a.id), '[]') FROM articles a WHERE a.story_id = t.id))`,
    // One that was joined to another has none left, and is known by its times.
    find: `SELECT found.id FROM (
             SELECT a.story_id AS id, 1 AS rank, a.id AS place FROM json_array_elements_text(i.line -> 'articles') AS told(url)
             JOIN articles a ON md5(a.canonical_url) = md5(told.url) WHERE a.story_id IS NOT NULL
             UNION ALL
             SELECT t.id, 2, t.id FROM stories t WHERE i.line ->> 'merged_into' IS NOT NULL AND t.merged_into IS NOT NULL
               AND (t.created_at, t.updated_at) = (i.created_at, i.updated_at)
           ) found ORDER BY rank, place LIMIT 1`,
  },
  {
    name: 'articles',
    references: { feed_id: 'feeds', story_id: 'stories' },
    find: 'SELECT t.id FROM articles t WHERE md5(t.canonical_url) = md5(i.canonical_url)',
    replaceWhen: 'articles.analysed_at IS NULL',
  },
  {
    name: 'article_sources',
    references: { article_id: 'articles', feed_id: 'feeds' },
    key: 'article_id, feed_id',
  },
  {
    name: 'story_corrections',
    references: { article_id: 'articles', other_id: 'articles' },
    key: 'least(article_id, other_id), greatest(article_id, other_id)',
    replaceWhen: 'excluded.made_at > story_corrections.made_at',
  },
  {
    name: 'subscriptions',
    references: {},
    find: `SELECT t.id FROM subscriptions t
           WHERE t.guild_id = i.guild_id AND t.channel_id = i.channel_id AND t.created_at = i.created_at
             AND (t.schedule, t.language, t.topics, t.min_severity, t.sources)
               = (i.schedule, i.language, i.topics, i.min_severity, i.sources)
             AND t.keyword IS NOT DISTINCT FROM i.keyword
           ORDER BY t.id LIMIT 1`,
    replaceWhen: 'excluded.covered_until > subscriptions.covered_until',
  },
  {
    name: 'digests',
    references: { subscription_id: 'subscriptions' },
    find: 'SELECT t.id FROM digests t WHERE t.subscription_id = i.subscription_id AND t.due_at = i.due_at',
  },
  {
    name: 'outbox',
    references: { digest_id: 'digests', subscription_id: 'subscriptions', parent_id: 'outbox' },
    find: 'SELECT t.id FROM outbox t WHERE t.nonce = i.nonce',
  },
  {
    name: 'outbox_attempts',
    references: { outbox_id: 'outbox' },
  },
  {
    name: 'posted_stories',
    references: {
      subscription_id: 'subscriptions',
      story_id: 'stories',
      digest_id: 'digests',
      outbox_id: 'outbox',
    },
    key: 'subscription_id, story_id',
  },
  {
    name: 'source_notices',
    references: { subscription_id: 'subscriptions' },
    key: 'subscription_id, outlet',
  },
  {
    name: 'votes',
    references: { story_id: 'stories' },
    key: 'guild_id, story_id, user_id',
    replaceWhen: 'excluded.voted_at > votes.voted_at',
  },
];

/** What an export leaves out, and why. A test sees to it that every table is here or above. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  rasid_migrations: 'the other database has its own',
  retention_clock: 'of the machine, not of the bot',
  refused_requests: 'of the address, not of the bot, and forgotten within minutes',
  searches: 'pages of a search, forgotten within the day',
  proposed_sources: 'nobody has confirmed them',
  subscription_drafts: 'nobody has confirmed them',
};

/** Of the files; raised when an older Rasid could not read them. */
export const TRANSFER_FORMAT = 1;

/** The first line of each file. */
export interface TransferHeader {
  format: number;
  table: string;
  columns: string[];
  /** Lines that follow. */
  rows: number;
}
