/** That the code in CONTRIBUTING.md compiles as it stands there. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// It runs the compiler, on whatever machine.
vi.setConfig({ testTimeout: 120_000 });

const page = await readFile('CONTRIBUTING.md', 'utf8');

/** The blocks of TypeScript, also those of lists, which are indented. */
const snippets = [...page.matchAll(/^( *)```ts\n(.*?)^\1```$/gms)].map(([, , code = '']) => code);

const src = (file: string) => JSON.stringify(resolve('src', file));

/** What stands around each snippet in its file, by what the snippet begins with. */
const surroundings: readonly (readonly [begin: string, before: string, after?: string])[] = [
  [
    'export const createRekognitionUser =',
    `import { mutation } from ${src('schema/operation/mutation.ts')};
    import { users } from ${src('providers/rekognition/user/adapter.ts')};
    import { CreateUser } from ${src('providers/rekognition/user/operations.ts')};
    import { RekognitionUser } from ${src('providers/rekognition/user/type.ts')};`,
  ],
  [
    'async delete(',
    `import type { InputOf } from ${src('adapter/request.ts')};
    import type { AwsSession } from ${src('adapter/session.ts')};
    import type { RekognitionUserKey } from ${src('providers/rekognition/user/adapter.ts')};
    import { DeleteUser } from ${src('providers/rekognition/user/operations.ts')};
    export class Users {
      readonly #aws: AwsSession;
      constructor(aws: AwsSession) { this.#aws = aws; }`,
    '}',
  ],
  [
    'export const CreateUser =',
    `import { CreateUserCommand } from '@aws-sdk/client-rekognition';
    import { rekognition } from ${src('providers/rekognition/service.ts')};`,
  ],
  [
    'export const provider =',
    `import { RekognitionClient as ExampleClient } from '@aws-sdk/client-rekognition';
    import { awsProvider } from ${src('providers/aws-provider.ts')};
    import { rekognition as example } from ${src('providers/rekognition/service.ts')};
    import * as things from ${src('providers/rekognition/user/index.ts')};`,
  ],
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-contributing-'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  const settings = { extends: resolve('tsconfig.json'), include: ['*.ts'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('Each piece of code in CONTRIBUTING.md compiles where it belongs', async () => {
  for (const [at, code] of snippets.entries()) {
    const [, before, after = ''] = surroundings.find(([begin]) => code.trimStart().startsWith(begin)) ?? [];
    expect(before, `Say in this test what stands around:\n${code}`).toBeDefined();
    await writeFile(join(folder, `${at}.ts`), `${before}\n${code}\n${after}`);
  }
  expect(snippets).toHaveLength(surroundings.length);
  const compiler = promisify(execFile)(process.execPath, ['node_modules/.bin/tsc', '--noEmit', '-p', folder]);
  const { stdout } = await compiler.catch(failure => failure as { stdout: string });
  expect(stdout).toBe('');
});
