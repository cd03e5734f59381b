/** The 14 topics of a cyber story, in the order of the model's `topics` output. */
export const TOPICS = [
  'breach',
  'intrusion',
  'ransomware',
  'vulnerability',
  'malware',
  'espionage',
  'fraud',
  'ddos',
  'supply-chain',
  'policy',
  'arrest',
  'outage',
  'ai-security',
  'advisory',
] as const;

export type Topic = (typeof TOPICS)[number];

export interface ScoredTopic {
  topic: Topic;
  /** Calibrated probability, 0 to 1. */
  score: number;
}

export function isTopic(value: string): value is Topic {
  return (TOPICS as readonly string[]).includes(value);
}
