#!/usr/bin/env node
import { buildIfStale } from './build.js';

buildIfStale();
const { main } = await import('../dist/cli.js');
await main(process.argv);
