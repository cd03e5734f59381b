/**
 * What `/search` found, so that its pages can be turned after a restart; sources that a server was shown and has not confirmed yet;
 * and the CVEs that CISA knows to be exploited.
 */
export const searchAndSources = {
  version: 2,
  name: 'search-and-sources',
  sql: `
CREATE TABLE searches (
  id bigserial PRIMARY KEY,
  guild_id text NOT NULL,
  -- Who asked: nobody else turns the page.
  user_id text NOT NULL,
  query text NOT NULL,
  -- Best first.
  story_ids jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX searches_age ON searches (created_at);

CREATE TABLE proposed_sources (
  id bigserial PRIMARY KEY,
  guild_id text NOT NULL,
  user_id text NOT NULL,
  source jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX proposed_sources_age ON proposed_sources (created_at);

CREATE TABLE exploited_cves (
  cve text PRIMARY KEY,
  -- The day on which CISA added it.
  added_on date NOT NULL,
  read_at timestamptz NOT NULL
);

-- What the search index in memory has not read yet.
CREATE INDEX articles_embedded ON articles (analysed_at, id) WHERE embedding IS NOT NULL;
-- Whether an article is anybody's but the catalogue's.
CREATE INDEX feeds_private ON feeds (guild_id) WHERE guild_id IS NOT NULL;
`,
};
