export const VOTES = ['relevant', 'not-for-us', 'not-cyber'] as const;

/** What a member says of a story under "More". */
export type Vote = (typeof VOTES)[number];
