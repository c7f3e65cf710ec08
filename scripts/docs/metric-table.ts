/** The metrics as a table of Markdown. */
import type { Registry } from 'prom-client';
import { code, table } from './markdown.ts';

/** What prom-client's types leave out. */
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

/** The metrics of this gateway's own: those of the process have their names and meanings from prom-client. */
export function metricTable(registry: Registry): string {
  const all = registry.getMetricsAsArray() as unknown as readonly Metric[];
  const own = all.filter(({ name }) => name.startsWith('vestibule_'));
  const rows = own
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, help, type, labelNames }) => [code(name), type, labelNames.map(code).join(', '), help]);
  return table(['metric', 'type', 'labels', 'meaning'], rows);
}
