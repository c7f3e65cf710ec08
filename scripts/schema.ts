/**
 * `npm run schema` writes schema.graphql. Needs no AWS.
 *
 * With `--check` it writes nothing, and fails when the file differs from the code, or when the changelog does not
 * announce what changed since the last release. With `--release`, a part of `npm version`, it makes the schema the
 * one that is compared with from then on.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import { buildSchema } from 'graphql';
import { providers } from '../src/providers/index.ts';
import { assembleSchema } from '../src/schema/index.ts';
import { unannouncedChanges } from './schema/breaking-changes.ts';
import { parseRelease, printRelease, type Release, releaseChangelog } from './schema/release.ts';
import { printSdl } from './schema/sdl.ts';

const FILE = 'schema.graphql';
const RELEASED = 'schema.released.graphql';
const CHANGELOG = 'CHANGELOG.md';

const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, release: { type: 'boolean' } },
});
const complaints: string[] = [];

await Promise.all(providers.map(provider => provider.load()));
const schema = assembleSchema();
const sdl = printSdl(schema);
const committed = read(FILE);
const changelog = read(CHANGELOG);
const { version } = JSON.parse(read('package.json')) as Release;
const last = parseRelease(read(RELEASED));

if (!last) {
  complain(`${RELEASED} is not as a release left it. Restore it from version control.`);
} else {
  compareWith(last);
  if (options.release && last.version === version) {
    complain(
      `${version} is released already. "npm version" chooses the next version and releases the schema with it.`,
    );
  } else if (options.check && last.version !== version) {
    complain(
      `package.json has version ${version}, and ${RELEASED} the schema of ${last.version}. "npm version" changes both.`,
    );
  }
}
if ((options.check || options.release) && sdl !== committed) {
  complain(
    `${FILE} differs from the code. "npm run schema" writes it anew; then commit it.`,
    createTwoFilesPatch(FILE, 'code', committed, sdl),
  );
}

if (complaints.length > 0) console.error(complaints.join('\n'));
if (!options.check && !options.release) {
  writeFileSync(FILE, sdl);
} else if (complaints.length > 0) {
  process.exitCode = 1;
} else if (options.release) {
  writeFileSync(RELEASED, printRelease({ version, sdl }));
  writeFileSync(CHANGELOG, releaseChangelog(changelog, version, new Date()));
}

function compareWith(release: Release): void {
  const { breaking, surprising } = unannouncedChanges(buildSchema(release.sdl), schema, changelog);
  if (breaking.length > 0) {
    complain(
      `These changes since ${release.version} break clients. Name each in ${CHANGELOG}, under "Unreleased", "Breaking", by its coordinate:`,
      ...breaking.map(description => `  ${description}`),
    );
  }
  if (surprising.length > 0) {
    complain(
      `These changes since ${release.version} can surprise clients. Name each in ${CHANGELOG}, under "Unreleased", by its coordinate:`,
      ...surprising.map(description => `  ${description}`),
    );
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function complain(...lines: readonly string[]): void {
  complaints.push(...lines);
}
