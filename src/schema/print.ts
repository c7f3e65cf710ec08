/**
 * `npm run schema` writes schema.graphql. With `--check` it writes nothing, and fails when the file differs from
 * the code, or when a change that breaks clients of the last release is not in the changelog. Needs no AWS.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { buildSchema } from 'graphql';
import { providers } from '../providers/index.ts';
import { unannouncedBreaks } from './breaking-changes.ts';
import { assembleSchema } from './index.ts';
import { printSdl } from './sdl.ts';

const FILE = 'schema.graphql';
const CHANGELOG = 'CHANGELOG.md';
const checking = process.argv.includes('--check');

await Promise.all(providers.map(provider => provider.load()));
const schema = assembleSchema();
const sdl = printSdl(schema);
const committed = read(FILE);

const before = lastRelease() ?? committed;
const breaks = before ? unannouncedBreaks(buildSchema(before), schema, read(CHANGELOG)) : [];
if (breaks.length > 0) {
  complain(
    `These changes break clients. Announce each in ${CHANGELOG}, under "Unreleased", "Breaking", by its coordinate:`,
    ...breaks.map(description => `  ${description}`),
  );
}
if (!checking) {
  writeFileSync(FILE, sdl);
} else if (sdl !== committed) {
  complain(
    `${FILE} differs from the code. "npm run schema" writes it anew; then commit it.`,
    createTwoFilesPatch(FILE, 'code', committed, sdl),
  );
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The file as the last version tag has it, or undefined where there is none or no git. */
function lastRelease(): string | undefined {
  try {
    const tag = git('describe', '--tags', '--abbrev=0', '--match', 'v*').trim();
    return git('show', `${tag}:${FILE}`);
  } catch {
    return undefined;
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function complain(...lines: readonly string[]): void {
  console.error(lines.join('\n'));
  if (checking) process.exitCode = 1;
}
