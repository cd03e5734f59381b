/** What a person has said of two articles, that they tell one story or two; and where a story went that was joined to another. */
export const storyCorrections = {
  version: 5,
  name: 'story-corrections',
  sql: `
CREATE TABLE story_corrections (
  article_id bigint NOT NULL REFERENCES articles ON DELETE CASCADE,
  other_id bigint NOT NULL REFERENCES articles ON DELETE CASCADE,
  verdict text NOT NULL CHECK (verdict IN ('together', 'apart')),
  made_at timestamptz NOT NULL,
  CHECK (article_id <> other_id)
);
-- One verdict on two articles, whichever is named first.
CREATE UNIQUE INDEX story_corrections_pair ON story_corrections (least(article_id, other_id), greatest(article_id, other_id));
CREATE INDEX story_corrections_article ON story_corrections (article_id);
CREATE INDEX story_corrections_other ON story_corrections (other_id);

ALTER TABLE stories
  -- Buttons, links and saved searches that name this story mean that one now.
  ADD COLUMN merged_into bigint REFERENCES stories ON DELETE SET NULL;
CREATE INDEX stories_merged ON stories (merged_into) WHERE merged_into IS NOT NULL;
`,
};
