import { describe, expect, it } from 'vitest';
import { alertRules, dashboardPanels } from './ops-files.ts';

describe('the alert rules', () => {
  it.each(alertRules())('$alert says what is wrong and what to do about it', (rule) => {
    expect(rule.alert).toMatch(/^Rasid[A-Z]\w+$/);
    expect(['critical', 'warning']).toContain(rule.labels.severity);
    expect(rule.annotations.summary).toMatch(/\.$/);
    expect(rule.annotations.description.length).toBeGreaterThan(20);
  });

  it('cover what a person must know', () => {
    expect(alertRules().map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        'RasidNothingFetched',
        'RasidBacklogOld',
        'RasidDigestLate',
        'RasidDiscordDown',
        'RasidInvalidBudgetLow',
        'RasidFeedsFailing',
        'RasidMemoryHigh',
        'RasidDatabaseDown',
      ]),
    );
  });
});

describe('the dashboard', () => {
  const panels = dashboardPanels();

  it('explains each panel, and asks something in it', () => {
    for (const { type, title, description, targets } of panels.filter((p) => p.type !== 'row')) {
      expect([type, title, (targets ?? []).length > 0, (description ?? '') !== '']).toEqual([
        type,
        title,
        true,
        true,
      ]);
    }
  });

  it('lays its panels side by side, none over another', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });
});
