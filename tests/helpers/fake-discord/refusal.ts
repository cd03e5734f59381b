/** Discord's answer to a request that it does not accept, with its own codes (developer documentation, "JSON Error Codes"). */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** 50035 with the place of each mistake, as Discord nests them: `{ content: { _errors: [{ code, message }] } }`. */
export function invalidForm(mistakes: Mistake[]): Refusal {
  const errors: Record<string, unknown> = {};
  for (const { path, message } of mistakes) {
    let node = errors;
    for (const key of path) {
      const child = (node[key] ?? {}) as Record<string, unknown>;
      node[key] = child;
      node = child;
    }
    node._errors = [{ code: 'INVALID', message }];
  }
  return new Refusal(400, 50035, 'Invalid Form Body', errors);
}

export interface Mistake {
  path: (string | number)[];
  message: string;
}

export const unknownChannel = () => new Refusal(404, 10003, 'Unknown Channel');
export const unknownMessage = () => new Refusal(404, 10008, 'Unknown Message');
export const unknownInteraction = () => new Refusal(404, 10062, 'Unknown interaction');
