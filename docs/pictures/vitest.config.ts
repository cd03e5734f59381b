import { defineConfig } from 'vitest/config';

/** `npm run pictures`: takes the pictures in this folder anew, of what the shipped model makes of the feeds in `examples/`. */
export default defineConfig({
  test: {
    include: ['tests/layout/take-pictures.ts'],
    globalSetup: ['tests/models/build-dist.ts', 'tests/helpers/start-postgres.ts'],
    testTimeout: 120_000,
  },
});
