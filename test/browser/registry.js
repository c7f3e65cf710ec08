// The operations that the gateway's page has examples of, from its sources.
const source = path => import(new URL(`../../src/${path}`, import.meta.url).href);

const { providers } = await source('providers/index.ts');
const { operations } = await source('schema/operation/registry.ts');

// Entities declare their operations when they are loaded.
for (const { load } of providers) await load();

/** The names of all queries and mutations that reach AWS. */
export const operationNames = operations()
  .filter(({ kind }) => kind === 'query' || kind === 'mutation' || kind === 'job')
  .map(({ name }) => name);
