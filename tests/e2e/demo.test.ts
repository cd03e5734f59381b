import { describe, expect, it } from 'vitest';
import { startRasid } from './bot-process.ts';

describe('npm run demo', () => {
  it('goes from an empty database to a digest in each language, without a network, and leaves nothing running', async () => {
    const demo = startRasid(['demo'], { NO_COLOR: '1' });
    expect(await demo.exited).toBe(0);
    const printed = demo.stdout();
    expect(printed).toContain('Cyber digest');
    expect(printed).toContain('موجز الأمن السيبراني');
  }, 60_000);
});
