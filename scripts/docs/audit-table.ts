/** docs/operating.md: the ids that the audit trail has of each provider. */
import { nativeIdNames } from '../../src/adapter/native-ids.ts';
import type { ProviderEntry } from '../../src/providers/provider.ts';
import type { ApiOperation } from '../../src/schema/operation/registry.ts';
import { code, table } from './markdown.ts';

/** The ids that stand in the audit trail, by providers. */
export function auditedIds(
  providers: readonly ProviderEntry[],
  all: readonly ApiOperation[],
): ReadonlyMap<string, readonly string[]> {
  const changes = all.flatMap(({ aws }) => aws.filter(({ effect }) => effect !== 'read'));
  return new Map(
    providers.map(({ id, name }) => {
      const own = changes.filter(({ service }) => service.provider === id);
      const names = own.flatMap(({ service, request, response }) => [
        ...nativeIdNames(service.model, [request, response]),
      ]);
      return [name, [...new Set(names)].toSorted()];
    }),
  );
}

export function auditTable(providers: readonly ProviderEntry[], all: readonly ApiOperation[]): string {
  const ids = [...auditedIds(providers, all), ['Bulk jobs', ['jobId']] as const];
  const rows = ids.map(([name, own]) => [name, own.map(code).join(', ')]);
  return table(['provider', 'ids'], rows);
}
