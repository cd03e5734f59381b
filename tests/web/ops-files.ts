import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}

const read = (name: string) => readFileSync(new URL(`../../ops/${name}`, import.meta.url), 'utf8');

export function alertRules(): Rule[] {
  const { groups } = parse(read('alerts.yaml')) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

export function dashboardPanels(): Panel[] {
  return (JSON.parse(read('grafana-dashboard.json')) as { panels: Panel[] }).panels;
}

/** The metrics that the dashboard, the alert rules and the page about them name. */
export function namedMetrics() {
  const expressions = dashboardPanels().flatMap(({ targets = [] }) => targets.map((t) => t.expr));
  return {
    dashboard: namesIn(expressions.join('\n')),
    alerts: namesIn(
      alertRules()
        .flatMap(({ expr, annotations }) => [expr, annotations.description])
        .join('\n'),
    ),
    page: namesIn(read('README.md')),
  };
}

/** A name ends where something else than a name begins; `process_*` names a family and not a metric. */
function namesIn(text: string): Set<string> {
  return new Set(text.match(/\b(rasid|nodejs|process)_[a-z0-9_]*[a-z0-9](?![a-z0-9_*])/g) ?? []);
}
