import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { filesWithoutTraces } from './test/support/shared-processes.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

// What Node made of the libraries' code, for the processes of the tests and for the programs that tests start.
// Node reads it before any code runs, so it must be in the environment.
// oxlint-disable-next-line node/no-process-env
process.env['NODE_COMPILE_CACHE'] ??= `${root}node_modules/.cache/node`;

const slow = 'test/**/*.slow.test.ts';
const together = filesWithoutTraces(root);

export default defineConfig({
  test: {
    globalSetup: ['test/support/database.ts'],
    // For the slowest machines: what hangs is found all the same.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Those of a file that run side by side do so because they wait.
    maxConcurrency: 20,
    // Tests wait more than they calculate: two cores run four files in half of the time.
    maxWorkers: 4,
    // Node loads the code, as it does for users: with what it compiled before, and every library once.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...together, slow],
        },
      },
      // They start, stop and kill programs, perform jobs, wait for answers that are lost, or try all that can be wrong with each
      // of some hundred inputs and answers: most of all the time of all tests.
      { extends: true, test: { name: 'slow', include: [slow] } },
      // To load and start a gateway takes longer than most of these tests: they share processes that have done it.
      { extends: true, test: { name: 'together', include: together, isolate: false } },
    ],
  },
});
