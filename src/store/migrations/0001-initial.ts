/**
 * Feeds and articles, stories, subscriptions, and what leaves for the channels.
 * Indexes are partial where a step looks for rows in one state: they stay as small as the work that waits.
 */
export const initial = {
  version: 1,
  name: 'initial',
  sql: `
CREATE TABLE feeds (
  id bigserial PRIMARY KEY,
  -- The address as listed or added; "url" is where the feed lives now, after permanent moves.
  source_url text NOT NULL,
  url text NOT NULL,
  guild_id text,
  name text NOT NULL,
  outlet text NOT NULL,
  language text NOT NULL CHECK (language IN ('ar', 'en', 'other')),
  kind text NOT NULL CHECK (kind IN ('rss', 'sitemap', 'json')),
  topics jsonb NOT NULL DEFAULT '[]',
  trust smallint NOT NULL CHECK (trust BETWEEN 1 AND 5),
  full_text boolean NOT NULL,
  enabled boolean NOT NULL,
  note text,
  status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'fresh', 'slow', 'failing', 'refused', 'gone')),
  etag text,
  last_modified text,
  next_check_at timestamptz NOT NULL,
  last_fetched_at timestamptz,
  last_success_at timestamptz,
  failure_count integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  last_status integer,
  last_error text,
  created_at timestamptz NOT NULL,
  -- A feed that a person removed keeps its row, for the articles that came from it.
  removed_at timestamptz,
  UNIQUE NULLS NOT DISTINCT (source_url, guild_id)
);
CREATE INDEX feeds_due ON feeds (next_check_at) WHERE enabled AND removed_at IS NULL AND status <> 'gone';
CREATE INDEX feeds_url ON feeds (url);

CREATE TABLE stories (
  id bigserial PRIMARY KEY,
  created_at timestamptz NOT NULL,
  -- When its newest report was clustered: digests' windows are compared with this.
  updated_at timestamptz NOT NULL,
  last_published_at timestamptz NOT NULL
);
CREATE INDEX stories_updated ON stories (updated_at);
CREATE INDEX stories_published ON stories (last_published_at DESC, id DESC);

CREATE TABLE articles (
  id bigserial PRIMARY KEY,
  canonical_url text NOT NULL,
  -- The feed whose version of the article is stored.
  feed_id bigint NOT NULL REFERENCES feeds,
  item_id text NOT NULL,
  url text NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  published_at timestamptz NOT NULL,
  authors jsonb NOT NULL,
  categories jsonb NOT NULL,
  outlet text NOT NULL,
  trust smallint NOT NULL,
  -- Of title and text: an item with the same hash is not written again.
  content_hash bytea NOT NULL,
  state text NOT NULL DEFAULT 'discovered' CHECK (state IN ('discovered', 'analysed', 'clustered')),
  discovered_at timestamptz NOT NULL,
  edited_at timestamptz,
  analysed_at timestamptz,
  -- Why the model could not read the article; such an article is done with, until it is edited.
  analysis_error text,
  language text CHECK (language IN ('ar', 'en', 'other')),
  is_cyber boolean,
  score double precision CHECK (score BETWEEN 0 AND 1),
  threshold double precision,
  topics jsonb,
  severity text CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  severity_reasons jsonb,
  entities jsonb,
  summary text,
  summary_sentences jsonb,
  -- float32, little-endian, L2-normalised.
  embedding bytea,
  search tsvector,
  story_id bigint REFERENCES stories ON DELETE SET NULL,
  CHECK (state <> 'analysed' OR analysed_at IS NOT NULL),
  CHECK ((analysed_at IS NULL) = (embedding IS NULL))
);
-- By hash, because an address may be longer than an index entry (2,704 bytes).
CREATE UNIQUE INDEX articles_canonical_url ON articles (md5(canonical_url));
CREATE INDEX articles_discovered ON articles
  (((published_at AT TIME ZONE 'UTC')::date) DESC, trust DESC, published_at DESC, id DESC) WHERE state = 'discovered';
CREATE INDEX articles_analysed ON articles (published_at, id) WHERE state = 'analysed';
CREATE INDEX articles_story ON articles (story_id, published_at) WHERE story_id IS NOT NULL;
CREATE INDEX articles_story_published ON articles (published_at) WHERE story_id IS NOT NULL;
CREATE INDEX articles_search ON articles USING gin (search) WHERE is_cyber;
CREATE INDEX articles_cyber ON articles (published_at, id) WHERE is_cyber;

CREATE TABLE article_sources (
  article_id bigint NOT NULL REFERENCES articles ON DELETE CASCADE,
  feed_id bigint NOT NULL REFERENCES feeds ON DELETE CASCADE,
  item_id text NOT NULL,
  first_seen_at timestamptz NOT NULL,
  PRIMARY KEY (article_id, feed_id)
);
CREATE INDEX article_sources_feed ON article_sources (feed_id);

CREATE TABLE guild_settings (
  guild_id text PRIMARY KEY,
  language text NOT NULL CHECK (language IN ('ar', 'en')),
  timezone text NOT NULL,
  threshold double precision CHECK (threshold BETWEEN 0 AND 1),
  quiet_start_minutes smallint CHECK (quiet_start_minutes BETWEEN 0 AND 1439),
  quiet_end_minutes smallint CHECK (quiet_end_minutes BETWEEN 0 AND 1439),
  updated_at timestamptz NOT NULL,
  CHECK ((quiet_start_minutes IS NULL) = (quiet_end_minutes IS NULL))
);

CREATE TABLE subscriptions (
  id bigserial PRIMARY KEY,
  guild_id text NOT NULL,
  channel_id text NOT NULL,
  created_by text NOT NULL,
  schedule text NOT NULL CHECK (schedule IN ('instant', 'hourly', 'daily', 'weekly')),
  at_minutes smallint NOT NULL CHECK (at_minutes BETWEEN 0 AND 1439),
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  timezone text NOT NULL,
  language text NOT NULL CHECK (language IN ('ar', 'en', 'both')),
  topics jsonb NOT NULL,
  min_severity text NOT NULL CHECK (min_severity IN ('low', 'medium', 'high', 'critical')),
  sources jsonb NOT NULL,
  keyword text,
  role_id text,
  created_at timestamptz NOT NULL,
  next_due_at timestamptz NOT NULL,
  covered_until timestamptz NOT NULL,
  paused boolean NOT NULL DEFAULT false,
  pause_reason text
);
CREATE INDEX subscriptions_guild ON subscriptions (guild_id, id);
CREATE INDEX subscriptions_channel ON subscriptions (channel_id);
CREATE INDEX subscriptions_due ON subscriptions (next_due_at, id) WHERE NOT paused;

CREATE TABLE digests (
  id bigserial PRIMARY KEY,
  subscription_id bigint NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  due_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('due', 'composed', 'sent')),
  composed_at timestamptz NOT NULL,
  sent_at timestamptz,
  -- One digest for one due time, whoever composes it.
  UNIQUE (subscription_id, due_at)
);

CREATE TABLE posted_stories (
  subscription_id bigint NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  story_id bigint NOT NULL REFERENCES stories ON DELETE CASCADE,
  digest_id bigint NOT NULL REFERENCES digests ON DELETE CASCADE,
  posted_at timestamptz NOT NULL,
  PRIMARY KEY (subscription_id, story_id)
);
CREATE INDEX posted_stories_story ON posted_stories (story_id);
CREATE INDEX posted_stories_digest ON posted_stories (digest_id);

CREATE TABLE outbox (
  id bigserial PRIMARY KEY,
  digest_id bigint NOT NULL REFERENCES digests ON DELETE CASCADE,
  subscription_id bigint NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  guild_id text NOT NULL,
  channel_id text NOT NULL,
  position integer NOT NULL,
  nonce text NOT NULL UNIQUE CHECK (length(nonce) <= 25),
  digest jsonb NOT NULL,
  role_id text,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed')),
  created_at timestamptz NOT NULL,
  -- A message whose sending failed waits until then.
  not_before timestamptz,
  error text,
  discord_message_id text,
  finished_at timestamptz,
  UNIQUE (digest_id, position),
  CHECK ((state = 'sent') = (discord_message_id IS NOT NULL))
);
CREATE INDEX outbox_pending ON outbox (channel_id, id) WHERE state = 'pending';
CREATE INDEX outbox_pending_age ON outbox (created_at) WHERE state = 'pending';
CREATE INDEX outbox_subscription ON outbox (subscription_id);

-- A table of its own: an attempt is recorded on another connection while the message's row is locked by its sender.
CREATE TABLE outbox_attempts (
  outbox_id bigint NOT NULL REFERENCES outbox ON DELETE CASCADE,
  attempted_at timestamptz NOT NULL
);
CREATE INDEX outbox_attempts_message ON outbox_attempts (outbox_id, attempted_at);
`,
};
