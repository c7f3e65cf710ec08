/** The build replaces a part of the executor only where it knows the text, and stops otherwise. */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { executor } from '../../build/executor.ts';

// Each runs a program, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const memoize = '@graphql-tools/utils/esm/memoize.js';
const collectFields = '@graphql-tools/utils/esm/collectFields.js';
const execute = '@graphql-tools/executor/esm/execution/execute.js';
const results = '@graphql-tools/executor/esm/execution/promiseForObject.js';
const variables = '@graphql-tools/executor/esm/execution/values.js';
const files = [memoize, collectFields, execute, results, variables];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-executor-'));
  for (const name of ['executor', 'utils']) {
    const part = `@graphql-tools/${name}`;
    await cp(join('node_modules', part), inFolder(part), { recursive: true });
  }
  await writeFile(inEntry(), "export * from '@graphql-tools/executor';\n");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const inEntry = () => join(folder, 'entry.js');
const inFolder = (file: string) => join(folder, 'node_modules', file);

/** The copy of a file that the executor uses, which may have a version of its own. */
function usedByExecutor(file: string): string {
  const own = inFolder(`@graphql-tools/executor/node_modules/${file}`);
  return existsSync(own) ? own : inFolder(file);
}

/** The messages of a bundle of the executor; empty when it can be built. */
async function errorsOf(): Promise<string[]> {
  const result = build({
    entryPoints: [inEntry()],
    bundle: true,
    mainFields: ['module', 'main'],
    external: [
      'graphql',
      'tslib',
      'cross-inspect',
      '@whatwg-node/*',
      '@repeaterjs/*',
      '@graphql-typed-document-node/*',
    ],
    format: 'esm',
    write: false,
    logLevel: 'silent',
    plugins: [executor],
  });
  return result.then(
    () => [],
    (error: { errors: { text: string }[] }) => error.errors.map(({ text }) => text),
  );
}

it('replaces the installed text', async () => {
  expect(await errorsOf()).toEqual([]);
});

it.each(files)('stops when %s changed, and says what to do', async file => {
  const path = usedByExecutor(file);
  await appendFile(path, '\n');
  expect(await errorsOf()).toContain(
    [
      `${file} is not as it was when build/executor.ts was written for it.`,
      'Read what it does now. If the replacements in build/executor-memory.ts and build/executor-fields.ts still do the',
      'same, the first argument of memoize3 is still the context of an execution, and memoize5 still asks what memoize3',
      'remembers, put its hash into build/executor.ts:',
      hash('sha256', await readFile(path, 'utf8')),
    ].join('\n'),
  );
});

it('stops when something else uses what is replaced', async () => {
  const other = '@graphql-tools/other.js';
  await writeFile(
    inFolder(other),
    "import { memoize5 } from '@graphql-tools/utils';\nexport const other = memoize5;\n",
  );
  await appendFile(inEntry(), `export * from './node_modules/${other}';\n`);
  expect(await errorsOf()).toEqual([expect.stringContaining(`${other} is not as it was`)]);
});

it('stops when the bundle has nothing to replace', async () => {
  await writeFile(inEntry(), 'export const nothing = 0;\n');
  expect(await errorsOf()).toEqual(
    files.map(file => `The bundle has no ${file}, which build/executor.ts is about.`),
  );
});
