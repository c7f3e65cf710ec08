/** That dashboard and alert rules speak of what the gateway measures, by its names. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { operations } from '../src/schema/operation/registry.ts';
import { outcomes } from '../src/server/outcome.ts';
import { Metrics } from '../src/telemetry/metrics.ts';
import { startTestGateway } from './support/gateway.ts';
import { guardNames } from './support/own-guards.ts';
import { type Sample, samplesIn } from './support/prometheus.ts';
import { namesIn } from './support/promql.ts';

/** Prometheus adds these to what it reads. */
const added = ['instance', 'job'];

interface Measured {
  readonly labelNames: readonly string[];
}

/** The labels of each metric by the names that Prometheus knows it by. */
const known = new Map<string, readonly string[]>();
/** What is measured before anything happened. */
let first: readonly Sample[] = [];
beforeAll(async () => {
  const gateway = await startTestGateway({ METRICS_PORT: '0' });
  const page = await (await fetch(gateway.metricsUrl ?? '')).text();
  first = samplesIn(page);
  const { registry } = new Metrics({
    operations: operations(),
    providerReports: () => ({}),
    upstream: () => [],
    connections: () => undefined,
    inFlight: () => undefined,
    audit: () => undefined,
  });
  for (const [, name = '', type] of page.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    const { labelNames } = registry.getSingleMetric(name) as unknown as Measured;
    if (type !== 'histogram') known.set(name, labelNames);
    else {
      known.set(`${name}_bucket`, [...labelNames, 'le']);
      known.set(`${name}_sum`, labelNames).set(`${name}_count`, labelNames);
    }
  }
  await gateway.stop();
});

/** What labels with few values can be. */
const closed: Readonly<Record<string, readonly string[]>> = {
  guard: guardNames,
  outcome: outcomes,
  state: ['ready', 'unknown', 'failing', 'closed', 'halfOpen', 'open'],
  code: ['ACCESS_DENIED', 'PROVIDER_FAILURE'],
};

/** The name of a histogram's metric, without what is added for its parts. */
function family(name: string): string {
  return name.replace(/_(?:bucket|sum|count)$/, '');
}

/** What an expression, and a text about its result, name that is not there. */
function unknownIn(expression: string, text = ''): readonly string[] {
  const { selectors, grouping } = namesIn(expression);
  const labels = new Set([...added, ...selectors.flatMap(({ metric }) => known.get(metric) ?? [])]);
  const shown = [...text.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g)].map(([, label = '']) => label);
  return [
    ...(selectors.length === 0 ? ['names no metric'] : []),
    ...selectors.map(({ metric }) => metric).filter(metric => !known.has(metric)),
    ...selectors.flatMap(({ metric, labels: matched }) =>
      matched.filter(label => !added.includes(label) && !known.get(metric)?.includes(label)),
    ),
    ...selectors.flatMap(({ values }) =>
      values
        .filter(([label, value]) => closed[label] && !closed[label].includes(value))
        .map(pair => pair.join('=')),
    ),
    ...grouping.filter(label => !labels.has(label)),
    ...shown.filter(label => !grouping.includes(label)),
  ];
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const file = (name: string) => readFileSync(`ops/${name}`, 'utf8');

describe('alerts.yml', () => {
  const { groups } = parse(file('alerts.yml')) as { groups: readonly { rules: readonly Rule[] }[] };

  it.each(groups.flatMap(({ rules }) => rules))('$alert names metrics and labels that exist', rule => {
    expect(unknownIn(rule.expr, Object.values(rule.annotations).join(' '))).toEqual([]);
    expect(['page', 'ticket']).toContain(rule.labels.severity);
  });

  // How much a series has grown that was not there before, Prometheus cannot tell: the first bug would be no reason for an alert.
  const growing = groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, expr }) =>
      [...expr.matchAll(/\bincrease\(([^[]*)\[/g)].map(([, of = '']) => ({ alert, of })),
    ),
  );
  it.each(growing)('$alert is about the growth of what is there, at 0, from the start: $of', ({ of }) => {
    const [selector] = namesIn(of).selectors;
    const found = first.filter(
      ({ name, labels }) =>
        name === selector?.metric && selector.values.every(([label, value]) => labels[label] === value),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ value }) => value))).toEqual(new Set([0]));
  });
});

describe('grafana-dashboard.json', () => {
  const { panels } = JSON.parse(file('grafana-dashboard.json')) as { panels: readonly Panel[] };
  const targets = panels.flatMap(({ title, targets: of = [] }) => of.map(each => ({ title, ...each })));

  it.each(targets)('$title: $expr', ({ expr, legendFormat }) => {
    expect(unknownIn(expr, legendFormat)).toEqual([]);
  });

  it('shows every metric of this gateway', () => {
    const shown = new Set(targets.flatMap(({ expr }) => namesIn(expr).selectors.map(({ metric }) => metric)));
    const families = new Set([...shown].map(family));
    const own = new Set([...known.keys()].filter(name => name.startsWith('vestibule_')).map(family));
    expect([...own].filter(name => !families.has(name))).toEqual([]);
  });
});

it('what is not there is noticed', () => {
  expect(
    unknownIn(
      'sum by (nobody) (rate(vestibule_nothing_total{outcome="bug"}[5m])) / vestibule_provider_state{state="fine", x="1"}',
    ),
  ).toEqual(['vestibule_nothing_total', 'outcome', 'x', 'state=fine', 'nobody']);
});
