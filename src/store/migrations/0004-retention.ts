/** What deleting old texts and rows needs: when an article was last seen in a feed, and when a feed was last read in full. */
export const retention = {
  version: 4,
  name: 'retention',
  sql: `
ALTER TABLE feeds
  -- The newest fetch that brought the document, not "not modified".
  ADD COLUMN last_read_at timestamptz;

ALTER TABLE articles
  -- When a feed last showed it, to within a week.
  ADD COLUMN last_seen_at timestamptz NOT NULL DEFAULT now(),
  -- Since when its text, its vector and its search words are gone; the rest of the row says that it is known.
  ADD COLUMN trimmed_at timestamptz,
  DROP CONSTRAINT articles_check1,
  ADD CONSTRAINT articles_embedding CHECK (trimmed_at IS NOT NULL OR (analysed_at IS NULL) = (embedding IS NULL));
UPDATE articles SET last_seen_at = discovered_at;

CREATE INDEX articles_keep_briefly ON articles (discovered_at)
  WHERE state = 'clustered' AND is_cyber IS NOT TRUE AND trimmed_at IS NULL;
CREATE INDEX articles_keep ON articles (discovered_at) WHERE is_cyber AND trimmed_at IS NULL;
CREATE INDEX articles_trimmed ON articles (last_seen_at) WHERE trimmed_at IS NOT NULL;
CREATE INDEX digests_sent ON digests (sent_at) WHERE state = 'sent';

-- What a channel was shown outlives the message that showed it: as long as the story is there, it is not posted again.
ALTER TABLE posted_stories
  ALTER COLUMN digest_id DROP NOT NULL,
  DROP CONSTRAINT posted_stories_digest_id_fkey,
  ADD CONSTRAINT posted_stories_digest_id_fkey FOREIGN KEY (digest_id) REFERENCES digests ON DELETE SET NULL;
`,
};
