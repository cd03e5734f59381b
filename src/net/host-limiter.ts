interface Waiter {
  begin: () => void;
  refuse: (reason: unknown) => void;
}

interface HostLine {
  running: number;
  delayMs: number;
  /** When the next request may start, in milliseconds of the monotonic clock. */
  startableAt: number;
  waiting: Waiter[];
  timer: NodeJS.Timeout | null;
}

/** Gives out turns to speak to a host. */
export interface HostLimiter {
  /**
   * Waits for a turn. Call the answer once to end it.
   * @throws the signal's reason when that is aborted while waiting.
   */
  takeTurn(host: string, signal?: AbortSignal): Promise<() => void>;
  /** Refuses everybody who is waiting, with `reason`. */
  close(reason: Error): void;
}

/** The operator's own machine needs no pause between requests. */
const OWN_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * At most `maxPerHost` turns at once for a host, begun at least `delayMs` milliseconds apart, first come first served. A host that is idle
 * is forgotten, so that memory follows the hosts in use and not all that were ever seen.
 */
export function createHostLimiter(options: { maxPerHost: number; delayMs: number }): HostLimiter {
  const lines = new Map<string, HostLine>();

  function advance(host: string, line: HostLine): void {
    if (line.timer !== null) return;
    while (line.running < options.maxPerHost && line.waiting.length > 0) {
      const pause = line.startableAt - performance.now();
      if (pause > 0) {
        wait(host, line, pause);
        return;
      }
      line.running += 1;
      line.startableAt = performance.now() + line.delayMs;
      line.waiting.shift()?.begin();
    }
    if (line.running === 0 && line.waiting.length === 0) forget(host, line);
  }

  function wait(host: string, line: HostLine, pause: number): void {
    line.timer = setTimeout(() => {
      line.timer = null;
      advance(host, line);
    }, Math.ceil(pause));
  }

  /** Not before its delay has passed: a host that is asked again sooner must still be given its pause. */
  function forget(host: string, line: HostLine): void {
    const pause = line.startableAt - performance.now();
    if (pause <= 0) {
      lines.delete(host);
    } else {
      wait(host, line, pause);
      line.timer?.unref();
    }
  }

  function lineOf(host: string): HostLine {
    const known = lines.get(host);
    if (known) return known;
    const delayMs = OWN_MACHINE.test(host) ? 0 : options.delayMs;
    const line: HostLine = { running: 0, delayMs, startableAt: 0, waiting: [], timer: null };
    lines.set(host, line);
    return line;
  }

  return {
    async takeTurn(host, signal) {
      signal?.throwIfAborted();
      const line = lineOf(host);
      const turn = standInLine(line, signal);
      line.timer?.ref();
      advance(host, line);
      await turn;
      return () => {
        line.running -= 1;
        advance(host, line);
      };
    },
    close(reason) {
      for (const line of lines.values()) {
        if (line.timer !== null) clearTimeout(line.timer);
        for (const waiter of line.waiting.splice(0)) waiter.refuse(reason);
      }
      lines.clear();
    },
  };
}

function standInLine(line: HostLine, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      line.waiting.splice(line.waiting.indexOf(waiter), 1);
      reject(signal?.reason);
    };
    const settle = (finish: () => void) => {
      signal?.removeEventListener('abort', leave);
      finish();
    };
    const waiter: Waiter = {
      begin: () => settle(resolve),
      refuse: (reason) => settle(() => reject(reason)),
    };
    signal?.addEventListener('abort', leave, { once: true });
    line.waiting.push(waiter);
  });
}
