/** That the checks see every file. */
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';

// Each runs a program, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const files = globSync('**/*.ts', { exclude: ['**/node_modules/**', '**/dist/**'] });

it('Every TypeScript file is type-checked, but those of the benchmark, which has packages of its own', async () => {
  const { stdout } = await promisify(execFile)(resolve('node_modules/.bin/tsc'), ['--listFilesOnly']);
  const checked = new Set(stdout.split('\n').map(path => relative('.', path)));
  expect(files.filter(file => !file.startsWith('bench/') && !checked.has(file))).toEqual([]);
});

it('Every file of tests is run, but for what they share and what is only compiled', () => {
  const others = files.filter(file => file.startsWith('test/') && !file.endsWith('.test.ts'));
  const known = /^test\/support\/|\.types\.ts$/;
  expect(others.filter(file => !known.test(file))).toEqual([]);
});
