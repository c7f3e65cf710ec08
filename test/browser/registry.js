// The operations that the gateway's page has examples of, from its sources.
const source = path => import(new URL(`../../src/${path}`, import.meta.url).href);

const { providers } = await source('providers/index.ts');
const { assembleSchema } = await source('schema/index.ts');
const { examplesOf } = await source('server/graphiql/examples.ts');

// Entities declare their operations when they are loaded.
const connected = new Map();
for (const { id, load } of providers) connected.set(id, (await load()).provider);
const schema = assembleSchema();
const examples = examplesOf({ connected });

/** The names of all fields of the schema's root types. */
export const operationNames = [
  schema.getQueryType(),
  schema.getMutationType(),
  schema.getSubscriptionType(),
].flatMap(root => Object.keys(root.getFields()));

/** Whether the example of an operation needs something that the demo world has not. */
export const needsMore = name => examples[name]?.needs !== undefined;
