/** That the linter enforces what CONTRIBUTING.md says it does: its rules are tried on files that break them. */
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

// Each runs a program, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-lint-'));
  await cp('.oxlintrc.json', join(folder, '.oxlintrc.json'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

/** What the linter says of these files. */
async function lint(files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const run = promisify(execFile)(resolve('node_modules/.bin/oxlint'), ['--format=json'], { cwd: folder });
  const { stdout } = await run.catch(failure => failure as { stdout: string });
  return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}

function lineOf({ labels }: Diagnostic): number {
  return labels[0]?.span.line ?? 0;
}

/** What a file of each room may not import, and what looks like that and is allowed. */
const rooms: Readonly<
  Record<string, { readonly refused: readonly string[]; readonly allowed: readonly string[] }>
> = {
  'src/local-aws/a.ts': {
    refused: [
      '../server/server.ts',
      '../schema/index.ts',
      '../providers/index.ts',
      '../adapter/session.ts',
      '../config/index.ts',
      'graphql',
      'graphql/language',
      'graphql-yoga',
      '@pothos/core',
    ],
    allowed: ['./config.ts', '../aws/models/model.ts', '@smithy/core/schema'],
  },
  'src/aws/a.ts': {
    refused: [
      '../server/server.ts',
      '../schema/index.ts',
      '../providers/index.ts',
      '../local-aws/index.ts',
      '../adapter/session.ts',
      '../errors.ts',
      'graphql',
      'graphql/language',
      '@pothos/core',
    ],
    allowed: ['./client.ts', '@smithy/core/schema'],
  },
  'src/adapter/a.ts': {
    refused: [
      '../server/server.ts',
      '../schema/index.ts',
      '../providers/index.ts',
      '../local-aws/index.ts',
      'graphql',
      'graphql/language',
      '@pothos/core',
    ],
    allowed: ['../aws/client.ts', '../errors.ts', './session.ts'],
  },
  'src/schema/a.ts': {
    refused: [
      '../server/server.ts',
      '../local-aws/index.ts',
      '@aws-sdk/client-chime',
      '@aws-sdk/core/client',
      '@smithy/core/schema',
    ],
    allowed: ['graphql', '@pothos/core'],
  },
  'src/server/a.ts': {
    refused: ['../local-aws/index.ts', '@aws-sdk/client-chime', '@smithy/core/schema', 'graphql-yoga'],
    allowed: ['graphql', '../schema/index.ts'],
  },
  'src/providers/chime/a.ts': {
    refused: ['../../server/server.ts', '../../local-aws/index.ts'],
    allowed: ['@aws-sdk/client-chime', '../../schema/builder.ts'],
  },
  'src/providers/chime/user/a.ts': {
    refused: [
      '../../../server/server.ts',
      '../../../local-aws/index.ts',
      '@aws-sdk/client-chime',
      '@smithy/core/schema',
    ],
    allowed: ['../../../schema/builder.ts', './adapter.ts'],
  },
  'src/providers/chime/user/operations.ts': {
    refused: ['../../../server/server.ts', '../../../local-aws/index.ts'],
    allowed: ['@aws-sdk/client-chime'],
  },
  'src/providers/chime/user/adapter.ts': {
    refused: ['../../../server/server.ts', '../../../local-aws/index.ts'],
    allowed: ['@aws-sdk/client-chime'],
  },
};

it('no room imports what it must not know', async () => {
  const texts = Object.entries(rooms).map(([file, { refused, allowed }]) => [
    file,
    [...refused, ...allowed].map((from, at) => `export { a as a${at} } from '${from}';\n`).join(''),
  ]);
  const diagnostics = await lint(Object.fromEntries(texts));
  const complained = Object.entries(rooms).map(([file, { refused, allowed }]) => {
    const found = diagnostics.filter(
      ({ code, filename }) => code === 'eslint(no-restricted-imports)' && filename === file,
    );
    const lines = new Set(found.map(lineOf));
    return [file, [...refused, ...allowed].filter((_from, at) => lines.has(at + 1))];
  });
  const expected = Object.entries(rooms).map(([file, { refused }]) => [file, refused]);
  expect(Object.fromEntries(complained)).toEqual(Object.fromEntries(expected));
});

it('no test is left out, preferred to the others, or without a comparison', async () => {
  const diagnostics = await lint({
    'test/a.test.ts': `import { describe, expect, it, test } from 'vitest';
it.skip('left out', () => { expect(1).toBe(1); });
describe.skip('left out', () => { it('a', () => { expect(1).toBe(1); }); });
test.only('preferred', () => { expect(1).toBe(1); });
it('compares nothing', () => { Math.abs(1); });
it('forgets the comparison', () => { expect(1); });
`,
  });
  const byLine = diagnostics.toSorted((one, other) => lineOf(one) - lineOf(other));
  expect(byLine.map(each => [lineOf(each), each.code])).toEqual([
    [2, 'vitest(no-disabled-tests)'],
    [3, 'vitest(no-disabled-tests)'],
    [4, 'vitest(no-focused-tests)'],
    [5, 'vitest(expect-expect)'],
    [6, 'vitest(valid-expect)'],
  ]);
});

it('what takes types to notice is noticed', async () => {
  const diagnostics = await lint({
    'src/a.ts': 'export async function work(): Promise<void> {}\nwork();\n',
  });
  expect(diagnostics.map(each => [lineOf(each), each.code])).toEqual([
    [2, 'typescript(no-floating-promises)'],
  ]);
});

it('every exception to the rules is for files that exist', async () => {
  const { stdout } = await promisify(execFile)(resolve('node_modules/.bin/oxlint'), ['--print-config']);
  const { overrides } = JSON.parse(stdout) as { overrides: { files: string[] }[] };
  const globs = overrides.flatMap(({ files }) => files);
  expect(globs).not.toEqual([]);
  expect(globs.filter(glob => globSync(glob).length === 0)).toEqual([]);
});
