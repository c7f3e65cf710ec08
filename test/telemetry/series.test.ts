/** That series of our own are told as prom-client tells those that it counts itself. */
import { Counter, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { Counts, Distributions } from '../../src/telemetry/series.ts';

const counter = { name: 'things_total', help: 'Things.', labelNames: ['kind', 'of'] } as const;
const histogram = { name: 'seconds', help: 'Seconds.', labelNames: ['kind'], buckets: [0.005, 0.1, 1] };

test('A page has the same counts and histograms as one of prom-client, each time that it is read', async () => {
  const [own, other] = [new Registry(), new Registry()];
  const counts = new Counts({ ...counter, registers: [own] });
  const theirCounts = new Counter({ ...counter, registers: [other] });
  const distributions = new Distributions({ ...histogram, registers: [own] });
  const theirs = new Histogram({ ...histogram, registers: [other] });
  const labels = [
    { kind: 'a', of: 'x' },
    { kind: 'b"\\\n', of: 'y' },
  ];
  const series = labels.map(each => counts.series(each));
  for (const each of labels) theirCounts.inc(each, 0);
  const [first, second, unused] = ['a', 'b', 'c'].map(kind => distributions.series({ kind }));
  expect(unused).toBeDefined();
  for (const value of [0, 0.005, 0.006, 0.1, 1, 1.5, 30]) {
    series[0]?.add();
    theirCounts.inc(labels[0] ?? {});
    first?.observe(value);
    theirs.observe({ kind: 'a' }, value);
    if (value > 1) {
      second?.observe(value);
      theirs.observe({ kind: 'b' }, value);
    }
    expect(await own.metrics()).toBe(await other.metrics());
  }
  expect(await own.metrics()).toBe(await other.metrics());
});
