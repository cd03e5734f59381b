/** Where the pipeline says what happened: pino's shape, so that a logger fits as it is. */
export interface StepLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Also of each article: too much to be read, but not to be searched for the way of one. */
export interface TrailLog extends StepLog {
  debug(fields: object, message: string): void;
}
