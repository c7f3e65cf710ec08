/**
 * `npm run docs` writes what the documentation says of operations from their declarations: docs/operations.md, and the
 * tables between the marks in README.md. With `--check` it writes nothing, and fails when a file differs.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { documentedVariables } from '../src/config/index.ts';
import { providers } from '../src/providers/index.ts';
import { assembleSchema } from '../src/schema/index.ts';
import { operations } from '../src/schema/operation/registry.ts';
import { Metrics } from '../src/telemetry/metrics.ts';
import { auditTable } from './docs/audit-table.ts';
import { metricTable } from './docs/metric-table.ts';
import { mutationsTable, operationsPage, permissionsTable, queriesTable } from './docs/operation-tables.ts';
import { variableTables } from './docs/variable-tables.ts';

const checking = process.argv.includes('--check');

await Promise.all(providers.map(({ load }) => load()));

update('docs/operations.md', () => operationsPage(providers, operations()));
update('README.md', readme =>
  withTables(readme, {
    mutations: mutationsTable(operations()),
    queries: queriesTable(assembleSchema()),
    permissions: permissionsTable(providers, operations()),
  }),
);
const { registry } = new Metrics({
  operations: operations(),
  providerReports: () => ({}),
  upstream: () => [],
  connections: () => undefined,
  inFlight: () => undefined,
  audit: () => undefined,
});
update('docs/operating.md', page =>
  withTables(page, {
    variables: variableTables(documentedVariables),
    audit: auditTable(providers, operations()),
    metrics: metricTable(registry),
  }),
);
// What it measures of this process would keep it.
registry.clear();

function update(file: string, write: (current: string) => string): void {
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const text = write(current);
  if (!checking) writeFileSync(file, text);
  else if (text !== current) {
    console.error(`${file} differs from the declarations. "npm run docs" writes it anew; then commit it.`);
    console.error(createTwoFilesPatch(file, 'declarations', current, text));
    process.exitCode = 1;
  }
}

/** The text with each table between the two marks that name it. */
function withTables(text: string, tables: Readonly<Record<string, string>>): string {
  let result = text;
  for (const [name, table] of Object.entries(tables)) {
    const [from, to] = [`<!-- table: ${name} -->`, `<!-- end of table: ${name} -->`];
    const [before, rest] = result.split(from);
    const after = rest?.split(to)[1];
    if (before === undefined || after === undefined) throw new Error(`There is no place for "${from}".`);
    result = `${before}${from}\n\n${table}\n\n${to}${after}`;
  }
  return result;
}
