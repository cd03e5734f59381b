import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BOT = fileURLToPath(new URL('./bot.mjs', import.meta.url));

interface BotState {
  /** The most resident memory since `rest`, less what there was then after a collection. */
  growthBytes: number;
  isReady: boolean;
  /** Errors that nobody caught. */
  unhandled: string[];
}

/** Starts the built bot in a process of its own and waits until it is connected. */
export async function startFuzzedBot(settings: {
  token: string;
  apiUrl: string;
  databaseUrl: string;
  now: string;
}) {
  const child = fork(BOT, [JSON.stringify(settings)], { execArgv: ['--expose-gc'] });
  const ask = async (question: 'rest' | 'state' | 'swell'): Promise<BotState> => {
    const answered = once(child, 'message');
    child.send(question);
    const [state] = await answered;
    return state as BotState;
  };
  await once(child, 'message');
  return {
    /** From now on growth is measured. */
    rest: () => ask('rest'),
    state: () => ask('state'),
    /** Takes 100 MiB for a moment. */
    swell: () => ask('swell'),
    async close(): Promise<void> {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
