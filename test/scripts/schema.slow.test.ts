/** The check of the schema and its release, in a copy of the project without git, in which the code changes. */
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Each runs some processes, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-schema-'));
  for (const part of [
    'src',
    'scripts',
    'package.json',
    'schema.graphql',
    'schema.released.graphql',
    'CHANGELOG.md',
  ]) {
    await cp(part, join(folder, part), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const inFolder = (file: string) => join(folder, file);
const read = (file: string) => readFile(inFolder(file), 'utf8');

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const text = await read(file);
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(inFolder(file), changed);
}

/** Runs a program in the copy; the answer is how it ended and what it wrote. */
async function run(program: string, ...args: readonly string[]) {
  const environment = { PATH: process.env['PATH'], HOME: folder };
  const done = promisify(execFile)(program, args, { cwd: folder, env: environment });
  const { code = 0, stdout, stderr } = await done.catch(error => error);
  return { code, output: `${stdout}${stderr}` };
}

const schema = (...options: readonly string[]) => run(process.execPath, 'scripts/schema.ts', ...options);

const fine = { code: 0, output: '' };

/** Gives the code of the copy a field and two enums more. */
async function extend(): Promise<void> {
  await writeFile(
    inFolder('src/schema/extra.ts'),
    `import { builder } from './builder.ts';
builder.enumType('Mood', { values: ['GOOD', 'BAD'] });
const Season = builder.enumType('Season', { values: ['SUMMER'] });
builder.queryField('season', t => t.field({ type: Season, resolve: () => 'SUMMER' }));
`,
  );
  await appendFile(inFolder('src/schema/index.ts'), "import './extra.ts';\n");
}

/** Makes a repository of the copy, as a release needs one. */
async function beginHistory(): Promise<void> {
  await writeFile(inFolder('.gitignore'), 'node_modules\n.npm\n');
  await run('git', 'init', '--quiet');
  await run('git', 'config', 'user.name', 'Test');
  await run('git', 'config', 'user.email', 'test@example.com');
  await run('git', 'add', '.');
  expect(await run('git', 'commit', '--quiet', '--message=All')).toEqual(fine);
}

it('a release is what later changes are compared with, and the changelog must announce them', async () => {
  await extend();
  expect(await schema()).toEqual(fine);
  // All of `npm run check` is too much for a test.
  await edit('package.json', text => text.replace(/ *"preversion": .*\n/, ''));
  await beginHistory();
  expect(await run('npm', 'version', '99.1.0')).toMatchObject({ code: 0 });
  expect(await run('git', 'status', '--porcelain')).toEqual(fine);
  expect(await run('git', 'show', '--format=%D', '--name-only', 'HEAD')).toMatchObject({
    output: expect.stringMatching(
      /tag: v99\.1\.0.*\n\nCHANGELOG\.md\npackage\.json\nschema\.released\.graphql\n$/,
    ),
  });
  const day = new Date().toISOString().slice(0, 10);
  expect(await read('CHANGELOG.md')).toContain(`## Unreleased\n\n## 99.1.0 - ${day}\n\n`);

  await rm(inFolder('.git'), { recursive: true });
  await edit('src/schema/extra.ts', text =>
    text.replace(/^builder\.enumType.*\n/m, '').replace("'SUMMER'", "'SUMMER', 'WINTER'"),
  );
  const complaints = [
    'These changes since 99.1.0 break clients. Name each in CHANGELOG.md, under "Unreleased", "Breaking", by its coordinate:',
    '  Mood was removed.',
    'These changes since 99.1.0 can surprise clients. Name each in CHANGELOG.md, under "Unreleased", by its coordinate:',
    '  Enum value Season.WINTER was added.',
    '',
  ].join('\n');
  expect(await schema()).toEqual({ code: 0, output: complaints });
  expect(await schema('--check')).toEqual({ code: 1, output: complaints });
  expect(await schema('--release')).toEqual({
    code: 1,
    output: `${complaints}99.1.0 is released already. "npm version" chooses the next version and releases the schema with it.\n`,
  });
  const news = '## Unreleased\n\n- `Season.WINTER`.\n\n### Breaking\n\n- `Mood` is gone.\n';
  await edit('CHANGELOG.md', text => text.replace('## Unreleased\n', news));
  expect(await schema('--check')).toEqual(fine);
});

describe('the schema of the last release', () => {
  const notAsLeft = 'schema.released.graphql is not as a release left it. Restore it from version control.\n';

  it('is not to be changed', async () => {
    await edit('schema.released.graphql', text => text.replace('type Query {', 'type Query {\n  old: Int'));
    expect(await schema('--check')).toEqual({ code: 1, output: notAsLeft });
  });

  it('is not to be missing', async () => {
    await rm(inFolder('schema.released.graphql'));
    expect(await schema('--check')).toEqual({ code: 1, output: notAsLeft });
  });

  it('is of the version in package.json', async () => {
    const { version } = JSON.parse(await read('package.json'));
    await edit('package.json', text => text.replace(/"version": "[^"]+"/, '"version": "99.0.0"'));
    expect(await schema('--check')).toEqual({
      code: 1,
      output: `package.json has version 99.0.0, and schema.released.graphql the schema of ${version}. "npm version" changes both.\n`,
    });
  });
});

describe('schema.graphql', () => {
  it('is what the code gives', async () => {
    await extend();
    const { code, output } = await schema('--check');
    expect(code).toBe(1);
    expect(output).toMatch(
      /^schema\.graphql differs from the code\. "npm run schema" writes it anew; then commit it\.\n/,
    );
    expect(output).toContain('\n+  season: Season\n');
  });

  it('is not written when an option is misspelled', async () => {
    await extend();
    const before = await read('schema.graphql');
    const { code, output } = await schema('--chek');
    expect(code).toBe(1);
    expect(output).toContain("Unknown option '--chek'");
    expect(await read('schema.graphql')).toBe(before);
  });
});
