import { defineConfig } from 'vitest/config';

/** `npm run pictures`: takes the pictures in this folder anew. */
export default defineConfig({
  test: { include: ['tests/layout/take-pictures.ts'] },
});
