import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/database.ts'],
    // For the slowest machines: what hangs is found all the same.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests wait more than they calculate: two cores run four files in half of the time.
    maxWorkers: 4,
  },
  // Node's own conditions. With Vite's, tests would load graphql's development build and the libraries the other
  // one, and a GraphQLError of the one is none to the other.
  ssr: { resolve: { conditions: ['node', 'module-sync'] } },
});
