/** Severity levels, least severe first. */
export const SEVERITY_LEVELS = ['low', 'medium', 'high', 'critical'] as const;

export type SeverityLevel = (typeof SEVERITY_LEVELS)[number];

export interface Severity {
  level: SeverityLevel;
  /** Machine-readable reasons such as `exploited-in-the-wild`, in the order in which they were found. */
  reasons: string[];
}

/** Position of a level on the scale, 0 (low) to 3 (critical). */
export function severityRank(level: SeverityLevel): number {
  return SEVERITY_LEVELS.indexOf(level);
}

export function isSeverityLevel(value: string): value is SeverityLevel {
  return (SEVERITY_LEVELS as readonly string[]).includes(value);
}
