/** What a backlog needs: articles given up unread, the oldest that waits found at once, and the time by which retention last went. */
export const overload = {
  version: 6,
  name: 'overload',
  sql: `
ALTER TABLE articles
  -- When it was given up, because it had waited for the model longer than news is kept; null for everything else.
  ADD COLUMN expired_at timestamptz;

-- Of a backlog of 100,000 the age is then one look into an index; their number is an estimate of the index's own.
CREATE INDEX articles_discovered_age ON articles ((coalesce(edited_at, discovered_at))) WHERE state = 'discovered';
CREATE INDEX articles_analysed_age ON articles (analysed_at) WHERE state = 'analysed';

-- What the search index in memory has to forget.
CREATE INDEX articles_trimmed_cyber ON articles (trimmed_at) WHERE trimmed_at IS NOT NULL AND is_cyber;

-- The newest time that retention has believed; a clock that is suddenly far beyond it is not (pipeline/judge-clock).
CREATE TABLE retention_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  believed_at timestamptz NOT NULL
);
`,
};
