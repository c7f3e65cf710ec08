/** The linter refuses what would refuse requests in any other place than a guard; see also guards.types.ts. */
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Where errors and answers are made of what these modules are given, without a request at hand to refuse. */
const makers = [
  'answer/answers.ts',
  'answer/error-answers.ts',
  'graphiql/page.ts',
  'limits.ts',
  'pages/html-page.ts',
  'request/request-parameters.ts',
];

/** Guards may refuse; what runs in a browser has nothing to refuse. */
const others = /^guards\/|\/browser\//;

/** What somebody might write to refuse a request, and the modules of src/server that may. */
const misplaced: readonly (readonly [what: string, line: string, allowedIn: readonly string[]])[] = [
  ['an error that is thrown', `export function no1() { throw new Error('no'); }`, makers],
  ['a rejection', `export function no2() { return Promise.reject('no'); }`, makers],
  ['an error of GraphQL', `export { GraphQLError as No3 } from 'graphql';`, makers],
  ['an error of the API', `export { AccessDeniedError as No4 } from '../errors.ts';`, makers],
  ['a status that is written', 'export function no5(response) { response.writeHead(403); }', makers],
  ['a status that is set', 'export function no6(response) { response.statusCode = 403; }', makers],
  ['a body that is written', 'export function no7(response) { response.end(); }', makers],
  ['a connection that is cut', 'export function no8(request) { request.socket.destroy(); }', makers],
  ['an answer that is made', `export { jsonAnswer as no9 } from './answers.ts';`, makers],
  ["an answer of the Fetch API's", `export const no10 = new Response('no', { status: 403 });`, makers],
  ['another Yoga', `export { createYoga as no11 } from 'graphql-yoga';`, ['yoga.ts']],
  ["a plugin of Yoga's", `export { useErrorHandler as no12 } from 'graphql-yoga';`, []],
  ["a plugin of Envelop's", `export { useEngine as no13 } from '@envelop/core';`, []],
  ["a plugin of the adapter's", `export { useCORS as no14 } from '@whatwg-node/server';`, []],
];

let folder: string;
let modules: readonly string[];
/** As `<module>:<line>`, from 1 for the first of the lines that were appended; what was there before has others. */
let refusals: ReadonlySet<string>;

/** Lints copies of the modules of the server that have all the lines at their ends. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-lint-'));
  const server = join(folder, 'src/server');
  await cp('.oxlintrc.json', join(folder, '.oxlintrc.json'));
  await cp('src/server', server, { recursive: true });
  const files = await readdir(server, { recursive: true });
  modules = files.filter(name => name.endsWith('.ts') && !others.test(name)).toSorted();
  const starts = new Map<string, number>();
  for (const name of modules) {
    const text = await readFile(join(server, name), 'utf8');
    starts.set(name, text.split('\n').length - 1);
    await appendFile(join(server, name), misplaced.map(([, line]) => `${line}\n`).join(''));
  }
  const diagnostics = await lint(folder, 'src/server');
  refusals = new Set(
    diagnostics
      .filter(({ code }) => code.startsWith('eslint(no-restricted-'))
      .map(({ filename, labels }) => {
        const name = relative('src/server', filename);
        return `${name}:${(labels[0]?.span.line ?? 0) - (starts.get(name) ?? 0)}`;
      }),
  );
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

function lint(cwd: string, path: string): Promise<readonly Diagnostic[]> {
  const programs = join(process.cwd(), 'node_modules/.bin');
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH']}` };
  const args = ['--config', '.oxlintrc.json', '--format', 'json', path];
  return new Promise((resolve, reject) => {
    // It ends with 1 when it has something to say.
    execFile('oxlint', args, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (stdout.includes('"diagnostics"')) resolve(JSON.parse(stdout).diagnostics);
      else reject(error ?? new Error(stdout));
    });
  });
}

it.each(misplaced)('refuses %s wherever it is out of place', (_what, line, allowedIn) => {
  const number = misplaced.findIndex(([, other]) => other === line) + 1;
  expect(modules.filter(name => !refusals.has(`${name}:${number}`))).toEqual(allowedIn);
});

it('accepts the modules as they are', () => {
  const own = [...refusals].filter(refusal => !(Number(refusal.split(':')[1]) > 0));
  expect(own).toEqual([]);
});

it('Yoga has the hooks of one type, and no others', async () => {
  const plugins = (await readFile('src/server/yoga.ts', 'utf8')).match(/\bplugins\b.*/g);
  expect(plugins).toEqual(['plugins: [hooks] satisfies [YogaHooks],']);
});
