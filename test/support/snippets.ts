/** The code in the documents: the blocks of TypeScript and JavaScript, what stands around them, and the compiler. */
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

/** Where the packages are that code of documents uses: the gateway's own, or those of its clients. */
export type Packages = '.' | 'test/compat/clients';

/** What stands around a block in its file. */
interface Surroundings {
  /** What the block begins with. */
  readonly begin: string;
  readonly before?: string;
  readonly after?: string;
  readonly packages: Packages;
}

/** Of each block of all documents. The file is compiled in a folder beside `src`. */
export const surroundings: readonly Surroundings[] = [
  // CONTRIBUTING.md
  {
    begin: 'export const createRekognitionUser =',
    packages: '.',
    before: `import { mutation } from '../src/schema/operation/mutation.ts';
    import { users } from '../src/providers/rekognition/user/adapter.ts';
    import { CreateUser } from '../src/providers/rekognition/user/operations.ts';
    import { RekognitionUser } from '../src/providers/rekognition/user/type.ts';`,
  },
  {
    begin: 'async delete(',
    packages: '.',
    before: `import type { InputOf } from '../src/adapter/request.ts';
    import type { AwsSession } from '../src/adapter/session.ts';
    import type { RekognitionUserKey } from '../src/providers/rekognition/user/adapter.ts';
    import { DeleteUser } from '../src/providers/rekognition/user/operations.ts';
    export class Users {
      readonly #aws: AwsSession;
      constructor(aws: AwsSession) { this.#aws = aws; }`,
    after: '}',
  },
  {
    begin: 'export const CreateUser =',
    packages: '.',
    before: `import { CreateUserCommand } from '@aws-sdk/client-rekognition';
    import { rekognition } from '../src/providers/rekognition/service.ts';`,
  },
  {
    begin: 'export const provider =',
    packages: '.',
    before: `import { RekognitionClient as ExampleClient } from '@aws-sdk/client-rekognition';
    import { awsProvider } from '../src/providers/aws-provider.ts';
    import { rekognition as example } from '../src/providers/rekognition/service.ts';
    import * as things from '../src/providers/rekognition/user/index.ts';`,
  },
  // README.md. Of Next.js, which is large, no more than the line uses.
  {
    begin: "server: { proxy: { '/graphql'",
    packages: '.',
    before: `import type { UserConfig } from 'vite';
    interface NextConfig { rewrites(): Promise<{ source: string; destination: string }[]> }
    export const configurations: Pick<UserConfig, 'server'> & NextConfig = {`,
    after: '};',
  },
  // docs/testing.md
  { begin: "import { afterEach, beforeEach, expect, test } from 'vitest';", packages: '.' },
  { begin: 'import { test as base, expect }', packages: 'test/compat/clients' },
  // src/local-aws/README.md
  {
    begin: "import { startLocalAws } from '../src/local-aws/index.ts';",
    packages: '.',
    before: `import { RekognitionClient } from '@aws-sdk/client-rekognition';
    import { expect } from 'vitest';
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };`,
    after: 'export { client };',
  },
  // docs/operating.md
  {
    begin: 'new PersistedQueryLink({ sha256 })',
    packages: 'test/compat/clients',
    before: `import { HttpLink } from '@apollo/client/core';
    import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
    import { cacheExchange, Client, fetchExchange } from '@urql/core';
    import { persistedExchange } from '@urql/exchange-persisted';
    declare function sha256(text: string): string;`,
  },
  {
    begin: '// urql, with documents of GraphQL Code Generator',
    packages: 'test/compat/clients',
    before: `import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
    import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
    import { persistedExchange } from '@urql/exchange-persisted';
    import type { FetchFunction } from 'relay-runtime';`,
    after: 'export { fetchRelay };',
  },
];

/** A block of code of a document, with what stands around it, if that is known. */
export interface Snippet {
  readonly document: string;
  readonly code: string;
  readonly extension: string;
  readonly surroundings: Surroundings | undefined;
}

/** The blocks of all documents, also those of lists, which are indented. */
export async function allSnippets(): Promise<Snippet[]> {
  const documents = globSync('**/*.md', { cwd: root, exclude: ['**/node_modules'] });
  const snippets = documents.toSorted().map(async document => {
    const text = await readFile(join(root, document), 'utf8');
    const blocks = text.matchAll(/^( *)```([jt]sx?|javascript|typescript)\b[^\n]*\n(.*?)^\1```$/gms);
    return [...blocks].map(([, , language = '', code = '']) => ({
      document,
      code,
      extension: language === 'javascript' ? 'js' : language === 'typescript' ? 'ts' : language,
      surroundings: surroundings.find(({ begin }) => code.trimStart().startsWith(begin)),
    }));
  });
  return (await Promise.all(snippets)).flat();
}

/** What the compiler says of the blocks that use these packages: nothing, if they are right. */
export async function compilerOn(snippets: readonly Snippet[], packages: Packages): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-documents-'));
  try {
    await mkdir(join(folder, 'code'));
    const links = {
      node_modules: join(packages, 'node_modules'),
      src: 'src',
      'code/world.ts': 'examples/testing/world.ts',
    };
    for (const [link, target] of Object.entries(links)) {
      await symlink(join(root, target), join(folder, link));
    }
    await writeFile(join(folder, 'package.json'), '{"type": "module"}');
    // What Apollo's tool makes of a frontend's documents.
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: [] };
    await writeFile(join(folder, 'code/persisted-query-manifest.json'), JSON.stringify(manifest));
    const settings = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        allowJs: true,
        checkJs: true,
        // Frontends run in browsers, and have their code put together by bundlers.
        ...(packages !== '.' && {
          lib: ['es2025', 'dom', 'dom.iterable'],
          module: 'esnext',
          moduleResolution: 'bundler',
          resolveJsonModule: true,
        }),
      },
      include: ['code/*'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    for (const [at, { document, code, extension, surroundings: around }] of snippets.entries()) {
      if (around?.packages !== packages) continue;
      const text = [around.before, code, around.after].join('\n');
      // The compiler tells the name.
      const name = `${document.replaceAll('/', '-')}-${at}.${extension}`;
      await writeFile(join(folder, 'code', name), text);
    }
    const compiler = join(root, 'node_modules/.bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [
      compiler,
      '--noEmit',
      '-p',
      folder,
    ]).catch((failure: unknown) => failure as { stdout: string });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
