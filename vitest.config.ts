import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// What Node made of the libraries' code, for the process of each test file and for the programs that tests start.
// Node reads it before any code runs, so it must be in the environment.
// oxlint-disable-next-line node/no-process-env
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url));

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/database.ts'],
    // For the slowest machines: what hangs is found all the same.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests wait more than they calculate: two cores run four files in half of the time.
    maxWorkers: 4,
    // Node itself loads the code, as for users: each library once, and with what it compiled before. Through Vite, every
    // test file would have the modules of the gateway sent to it and compile them anew.
    experimental: { viteModuleRunner: false },
  },
});
