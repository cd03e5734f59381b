#!/usr/bin/env node
import { buildIfStale } from './build.js';

// Names are looked up in libuv's threads, four unless told otherwise: too few for a first poll of a hundred hosts.
process.env.UV_THREADPOOL_SIZE ??= '16';

await buildIfStale();
const { main } = await import('../dist/cli.js');
await main(process.argv);
