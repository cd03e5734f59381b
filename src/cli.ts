import { existsSync, readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { FITTED_RULES } from './commands/fitted-rules.ts';
import { type Config, listSecrets, readConfig } from './config.ts';
import { AppError, messageOf, UsageError } from './domain/errors.ts';
import type { Terminal } from './parts.ts';
import { createRedactor } from './redact-secrets.ts';
import { OutputClosed, watchOutput, writeOutput } from './write-output.ts';

const clock = () => new Date();
const write = (line: string) => writeOutput(`${line}\n`);
const log = (line: string) => void process.stderr.write(`${line}\n`);

/** Time for the last lines to be written. */
const END_MS = 500;

/** A digest wider than this is hard to read; a narrower terminal sets the width itself. */
const MAX_WIDTH = 100;

/**
 * Runs one command and sets the exit code: 0 fine, 1 the work failed, 2 bad usage or input (one line, no stack trace).
 * Data goes to stdout, everything else to stderr.
 */
export async function main(argv: string[]): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  watchOutput();
  const program = createProgram((code) => {
    process.exitCode = code;
  });
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  // commander has already said what is wrong with the usage, or printed the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof OutputClosed) return 0;
  const redact = createRedactor(listSecrets());
  log(redact(`rasid: ${messageOf(error)}`));
  if (!(error instanceof AppError) && error instanceof Error) log(redact(String(error.stack)));
  return error instanceof UsageError ? 2 : 1;
}

function readVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

/** Parts are imported when their command runs: `rasid parse-feed` need not load a database driver. */
function createProgram(exit: (code: number) => void): Command {
  const program = new Command('rasid')
    .description('Watches the news in Arabic and English for cybersecurity stories')
    .version(readVersion())
    .exitOverride();

  program
    .command('start')
    .description('run the bot until SIGTERM')
    .action(async () => {
      const config = readConfig();
      const { startRasid } = await import('./main.ts');
      await startRasid(config, createTerminal(config)).finally(endSoon);
    });
  program
    .command('demo')
    .description('run the whole pipeline on the invented feeds of examples/, without a network')
    .action(async () => {
      const config = readConfig();
      exit(
        await (await import('./commands/demo.ts')).runDemo(config, createTerminal(config), clock),
      );
    });
  program
    .command('once')
    .description('poll every feed once, analyse, print or post the due digests, exit')
    .action(async () => {
      const config = readConfig();
      exit(
        await (await import('./commands/once.ts')).runOnce(config, createTerminal(config), clock),
      );
    });
  addReadingCommands(program, exit);
  addArchiveCommands(program, exit);
  addCatalogueCommands(program, exit);
  addBenchCommand(program, exit);
  return program;
}

/**
 * Everything is closed; what a library left behind, such as a connection to Discord that was just being made, must not keep a
 * stopped bot from ending. The timer itself keeps nothing alive.
 */
function endSoon(): void {
  setTimeout(() => process.exit(), END_MS).unref();
}

/** Commands that read texts or files and need no database. */
function addReadingCommands(program: Command, exit: (code: number) => void): void {
  program
    .command('analyse [file]')
    .description('JSON lines {id, title?, text?, …} in, an analysis for each out')
    .option('--embedding', 'add the vector')
    .option('--explain', 'name the sentences that moved the score')
    .action(
      async (file: string | undefined, options: { embedding?: boolean; explain?: boolean }) => {
        const { runAnalyse } = await import('./commands/analyse.ts');
        exit(await runAnalyse({ file, model: readConfig().model, write, ...options }));
      },
    );
  addStoryCommands(program, exit);
  program
    .command('parse-feed <source...>')
    .description('parse feeds from files or addresses, a JSON line for each')
    .option('--content-type <type>', 'the Content-Type that a file was served with')
    .action(async (sources: string[], options: { contentType?: string }) => {
      const { runParseFeed } = await import('./commands/parse-feed.ts');
      const { createDocumentReader } = await import('./commands/read-document.ts');
      const reader = createDocumentReader(readConfig());
      const task = { sources, fetchUrl: reader.read, write, now: clock() };
      exit(await runParseFeed({ ...task, ...options }).finally(reader.close));
    });
  program
    .command('evaluate')
    .description('the published figures of this build, on the part of the data not trained on')
    .option('--data <folder>', 'the labelled data', '../shared/data')
    .option('--json', 'as JSON')
    .action(async (options: { data: string; json?: boolean }) => {
      const { runEvaluate } = await import('./commands/evaluate.ts');
      exit(await runEvaluate({ ...options, model: readConfig().model, write, log }));
    });
  addFittingCommands(program, exit);
}

/** The clusterer on lines of text, and a person's word on what it did with the stored ones. */
function addStoryCommands(program: Command, exit: (code: number) => void): void {
  const stories = program
    .command('stories [file]')
    .description('the same input in, {id, story, isNew} out, each decided before the next is read')
    .action(async (file: string | undefined) => {
      const { runStories } = await import('./commands/stories.ts');
      exit(await runStories({ file, model: readConfig().model, write }));
    });
  stories
    .command('merge <story> <other>')
    .description('two stored stories are one: each by its number or the link of an article')
    .action(async (story: string, other: string) => {
      const { runMergeStories } = await import('./commands/correct-stories.ts');
      exit(await runMergeStories(readConfig(), { story, other }, { log, clock }));
    });
  stories
    .command('split <story> <article...>')
    .description('these articles, by link or number, are a story of their own')
    .action(async (story: string, articles: string[]) => {
      const { runSplitStory } = await import('./commands/correct-stories.ts');
      exit(await runSplitStory(readConfig(), { story, articles }, { log, clock }));
    });
}

/** After training: rules whose features the program itself computes. */
function addFittingCommands(program: Command, exit: (code: number) => void): void {
  for (const [rule, what, load] of FITTED_RULES) {
    const command = program
      .command(`fit-${rule}`)
      .description(`after training: find ${what} again, for models/heads.json`)
      .option('--data <folder>', 'the labelled data', '../shared/data')
      .option('--save', 'write them there, and the hash in the manifest')
      .action(async (options: { data: string; save?: boolean; unlisted?: boolean }) => {
        const run = await load();
        exit(await run({ ...options, model: readConfig().model, write, log }));
      });
    if (rule === 'names') {
      command.option('--unlisted', 'only measure what is found of names that no list has');
    }
  }
}

/** Commands on the stored articles; they work while the bot runs. */
function addArchiveCommands(program: Command, exit: (code: number) => void): void {
  program
    .command('search <query>')
    .description('stored articles by meaning and by words, in either language')
    .addOption(new Option('--language <language>').choices(['ar', 'en']))
    .option('--since <age>', 'such as 7d, 12h, 30m')
    .option('--limit <n>', 'results at most', positiveInteger, 10)
    .option('--json', 'a JSON line for each', false)
    .action(async (query: string, options) => {
      const { runSearch } = await import('./commands/search.ts');
      exit(await runSearch(readConfig(), query, options, { write, log, now: clock() }));
    });
  program
    .command('export <folder>')
    .description('everything that a person entered or the bot learned, as JSON lines')
    .action(async (folder: string) => {
      const { runExport } = await import('./commands/transfer.ts');
      exit(await runExport({ config: readConfig(), folder, log }));
    });
  program
    .command('import <folder>')
    .description('read an export, all of it or nothing')
    .action(async (folder: string) => {
      const { runImport } = await import('./commands/transfer.ts');
      exit(await runImport({ config: readConfig(), folder, log }));
    });
}

function addCatalogueCommands(program: Command, exit: (code: number) => void): void {
  const feeds = program.command('feeds').description('the catalogue and the health of each source');
  feeds
    .command('list')
    .description('each source with its health')
    .option('--json', 'a JSON line for each', false)
    .action(async (options: { json: boolean }) => {
      const { listSources } = await import('./commands/feeds.ts');
      exit(await listSources(readConfig(), options, { write, log, now: clock() }));
    });
  feeds
    .command('check [url...]')
    .description('fetch and parse the given sources, or all, and say how they are')
    .action(async (urls: string[]) => {
      const { checkSources } = await import('./commands/feeds.ts');
      exit(await checkSources(readConfig(), urls, { write, log, now: clock() }));
    });
  feeds
    .command('add <url>')
    .description('add a source to the catalogue after reading it once')
    .option('--name <name>')
    .addOption(new Option('--language <language>').choices(['ar', 'en']))
    .action(async (url: string, options: { name?: string; language?: 'ar' | 'en' }) => {
      const { addToCatalogue } = await import('./commands/feeds.ts');
      exit(await addToCatalogue(readConfig(), url, options, { write, log, now: clock() }));
    });
  feeds
    .command('remove <url>')
    .description('remove a source from the catalogue')
    .action(async (url: string) => {
      const { removeFromCatalogue } = await import('./commands/feeds.ts');
      exit(await removeFromCatalogue(readConfig(), url, { write, log, now: clock() }));
    });

  const opml = program.command('opml').description('exchange the catalogue with feed readers');
  opml.command('import <file>').action(async (file: string) => {
    const { importOpml } = await import('./commands/opml.ts');
    exit(await importOpml({ file, catalogue: readConfig().feedsFile, log }));
  });
  opml.command('export <file>').action(async (file: string) => {
    const { exportOpml } = await import('./commands/opml.ts');
    exit(await exportOpml({ file, catalogue: readConfig().feedsFile, log }));
  });
}

function addBenchCommand(program: Command, exit: (code: number) => void): void {
  program
    .command('bench <name>')
    .description(
      'measure, as JSON: analyse, poll, stories, search, digest, discord, queue, start, memory, soak',
    )
    .option('--sizes <numbers>', 'sizes to measure in place of the usual ones: 20,200', sizeList)
    .option(
      '--minutes <n>',
      'how long to measure: memory, soak, discord (each phase)',
      Number.parseFloat,
    )
    .action(async (name: string, options: { sizes?: number[]; minutes?: number }) => {
      const { runBench } = await import('./commands/bench.ts');
      exit(await runBench(name, { ...options, model: readConfig().model, log }, write));
    });
}

function sizeList(text: string): number[] {
  return text.split(',').map(positiveInteger);
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('must be a positive whole number');
  return value;
}

function createTerminal(config: Config): Terminal {
  return {
    write: writeOutput,
    width: Math.min(process.stdout.columns ?? MAX_WIDTH, MAX_WIDTH),
    colour: config.colour && process.stdout.isTTY === true,
  };
}
