/**
 * Runs before the tests: the encoder's worker thread needs JavaScript, and the end-to-end tests start the built program.
 * Both take `dist/`, made by the launcher's own build.
 */
export async function setup(): Promise<void> {
  const { buildIfStale } = await import(new URL('../../bin/build.js', import.meta.url).href);
  await buildIfStale();
}
