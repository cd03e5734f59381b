/**
 * What keeps a channel's digests welcome: drafts before a subscription is confirmed, quiet hours that a critical story may pass,
 * votes, edits of posted messages, developments in threads, and the reasons for which a subscription waits.
 */
export const channelUpkeep = {
  version: 3,
  name: 'channel-upkeep',
  sql: `
ALTER TABLE guild_settings
  ADD COLUMN critical_passes boolean NOT NULL DEFAULT false,
  ADD COLUMN night_silent boolean NOT NULL DEFAULT true,
  ADD COLUMN manager_role_id text,
  -- Votes before this moment count no more.
  ADD COLUMN votes_since timestamptz;

ALTER TABLE subscriptions
  ADD COLUMN role_min_severity text NOT NULL DEFAULT 'low' CHECK (role_min_severity IN ('low', 'medium', 'high', 'critical')),
  ADD COLUMN follow boolean NOT NULL DEFAULT false,
  -- When whoever created it was told that it waits; null while it runs.
  ADD COLUMN pause_told_at timestamptz;

CREATE TABLE subscription_drafts (
  id bigserial PRIMARY KEY,
  guild_id text NOT NULL,
  -- Who asked: nobody else may press its buttons.
  user_id text NOT NULL,
  subscription jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX subscription_drafts_age ON subscription_drafts (created_at);

ALTER TABLE outbox
  ADD COLUMN silent boolean NOT NULL DEFAULT false,
  -- Where the message is: of a forum, the post.
  ADD COLUMN discord_channel_id text,
  ADD COLUMN edited_at timestamptz,
  -- The message whose story this one tells further, in a thread under it.
  ADD COLUMN parent_id bigint REFERENCES outbox ON DELETE CASCADE;

ALTER TABLE posted_stories
  -- The message that shows the story; null for one that is only counted there ("and 7 more").
  ADD COLUMN outbox_id bigint REFERENCES outbox ON DELETE SET NULL,
  -- The story's own "updated_at" as the message shows it; null for what was posted before there were edits.
  ADD COLUMN shown_updated_at timestamptz;
CREATE INDEX posted_stories_outbox ON posted_stories (outbox_id);

CREATE TABLE votes (
  guild_id text NOT NULL,
  story_id bigint NOT NULL REFERENCES stories ON DELETE CASCADE,
  user_id text NOT NULL,
  vote text NOT NULL CHECK (vote IN ('relevant', 'not-for-us', 'not-cyber')),
  voted_at timestamptz NOT NULL,
  account_created_at timestamptz NOT NULL,
  -- Since when the voter is a member of the server; null where Discord did not say.
  member_since timestamptz,
  PRIMARY KEY (guild_id, story_id, user_id)
);
CREATE INDEX votes_age ON votes (guild_id, voted_at);
CREATE INDEX votes_not_cyber ON votes (story_id) WHERE vote = 'not-cyber';

-- What a subscription's channel has been told: this outlet cannot be read. Gone when the outlet can be read again.
CREATE TABLE source_notices (
  subscription_id bigint NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  outlet text NOT NULL,
  told_at timestamptz NOT NULL,
  PRIMARY KEY (subscription_id, outlet)
);
`,
};
