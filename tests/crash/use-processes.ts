import { afterAll, beforeAll } from 'vitest';
import { createProcesses, type Role } from './processes.ts';
import { createWorld, type World } from './world.ts';

interface Server {
  url: string;
  close(): Promise<void>;
}

/**
 * Around the tests of a `describe`: a database, a world, and a process in each role. They are there from the first test on and end after
 * the last.
 */
export function useProcesses<Database extends Server>(options: {
  database: () => Promise<Database>;
  roles: readonly Role[];
  feeds: number;
  channels: number;
  /** What the processes are told beside what the world says. */
  environment?: (world: World) => Record<string, string>;
}) {
  let database: Database;
  let world: World;
  let processes: ReturnType<typeof createProcesses>;

  beforeAll(async () => {
    database = await options.database();
    const { feeds, channels } = options;
    world = await createWorld({ feeds, channels, databaseUrl: database.url });
    processes = createProcesses(options.roles, {
      ...world.environment,
      ...options.environment?.(world),
    });
    processes.startAll();
  }, 120_000);

  afterAll(async () => {
    await processes.endAll();
    await world.close();
    await database.close();
  }, 120_000);

  return {
    get database() {
      return database;
    },
    get world() {
      return world;
    },
    get processes() {
      return processes;
    },
  };
}
