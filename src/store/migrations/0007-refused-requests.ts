/** What Discord has refused, over all processes on this database and over their restarts. */
export const refusedRequests = {
  version: 7,
  name: 'refused-requests',
  sql: `
CREATE TABLE refused_requests (
  -- The end of the seconds that are counted together.
  counted_until timestamptz PRIMARY KEY,
  count integer NOT NULL CHECK (count > 0)
);
`,
};
