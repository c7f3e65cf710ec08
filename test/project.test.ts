/** That the checks see every file. */
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';

// Each runs a program, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const files = globSync('**/*.ts', { exclude: ['**/node_modules/**', '**/dist/**'] });

/** They have packages of their own: the benchmark's is checked by hand, the client's by `npm run clients`. */
const apart = /^(?:bench|examples\/client)\//;

it('Every TypeScript file is type-checked, but those that have packages of their own', async () => {
  const { stdout } = await promisify(execFile)(resolve('node_modules/.bin/tsc'), ['--listFilesOnly']);
  const checked = new Set(stdout.split('\n').map(path => relative('.', path)));
  expect(files.filter(file => !apart.test(file) && !checked.has(file))).toEqual([]);
});

it('Every file of tests is run, but for what they share and what is only compiled', () => {
  const others = files.filter(file => file.startsWith('test/') && !file.endsWith('.test.ts'));
  const known = /^test\/support\/|\.types\.ts$/;
  expect(others.filter(file => !known.test(file))).toEqual([]);
});
