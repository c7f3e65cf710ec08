import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 15_000,
  },
  // Node's own conditions. With Vite's, tests would load graphql's development build and the libraries the other
  // one, and a GraphQLError of the one is none to the other.
  ssr: { resolve: { conditions: ['node', 'module-sync', 'import', 'default'] } },
});
