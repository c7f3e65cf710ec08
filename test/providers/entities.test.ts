/** Every entity has its place, its examples and its tests: what is left out fails here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { type ApiOperation, operations } from '../../src/schema/operation/registry.ts';

const root = 'src/providers';

function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? entry.name : []));
}

/** What the index of an entity's folder exports. */
async function exportsOf(folder: string): Promise<Readonly<Record<string, object>>> {
  return (await import(/* @vite-ignore */ resolve(folder, 'index.ts'))) as Readonly<Record<string, object>>;
}

function operationsIn(exported: Readonly<Record<string, object>>): ApiOperation[] {
  return Object.values(exported).filter((value): value is ApiOperation => 'coordinate' in value);
}

const entities = folders(root).flatMap(provider =>
  folders(`${root}/${provider}`).map(entity => ({ provider, entity })),
);

test('The list of providers names each folder of one, and nothing else', () => {
  expect(providers.map(({ id }) => id).toSorted()).toEqual(folders(root).toSorted());
});

describe.each(entities)('$provider/$entity', ({ provider, entity }) => {
  const folder = `${root}/${provider}/${entity}`;
  let own: ApiOperation[] = [];
  let examples: object = {};

  beforeAll(async () => {
    await Promise.all(providers.map(({ load }) => load()));
    const exported = await exportsOf(folder);
    examples = exported['examples'] ?? {};
    own = operationsIn(exported);
  });

  test('is listed by its provider, which has its examples', async () => {
    const loaded = await providers.find(({ id }) => id === provider)?.load();
    expect(loaded?.provider.examples).toMatchObject(examples);
    expect(own.length).toBeGreaterThan(0);
  });

  test('exports every operation that its files declare', () => {
    const declared = readdirSync(folder).flatMap(file => {
      const calls = readFileSync(`${folder}/${file}`, 'utf8').matchAll(
        /^export const \w+ = \w+\(\s*(?:\w+, )?'([a-z]\w*)'/gm,
      );
      return [...calls].map(([, name]) => name);
    });
    expect(own.map(({ name }) => name).toSorted()).toEqual(
      declared.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    );
  });

  test('has an example for each of its mutations and queries', () => {
    const wanted = own.filter(({ kind }) => kind !== 'field').map(({ name }) => name);
    expect(Object.keys(examples).toSorted()).toEqual(wanted.toSorted());
  });

  test('has tests of its own, which run each of its operations', () => {
    const tests = `test/providers/${provider}`;
    expect(existsSync(`${tests}/${entity}.test.ts`)).toBe(true);
    const files = readdirSync(tests).filter(
      file => file === `${entity}.test.ts` || file.startsWith(`${entity}-`),
    );
    const text = files.map(file => readFileSync(`${tests}/${file}`, 'utf8')).join('\n');
    const untested = own.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(text));
    expect(untested.map(({ coordinate }) => coordinate)).toEqual([]);
  });
});

test('Every operation belongs to one of these folders', async () => {
  const exported = await Promise.all(
    entities.map(async ({ provider, entity }) =>
      operationsIn(await exportsOf(`${root}/${provider}/${entity}`)),
    ),
  );
  const known = new Set(exported.flat());
  const strays = operations()
    .filter(({ kind }) => kind !== 'node' && kind !== 'jobChange')
    .filter(each => !known.has(each));
  expect(strays.map(({ coordinate }) => coordinate)).toEqual([]);
});
