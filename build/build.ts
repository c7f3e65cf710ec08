/**
 * `npm run build`: the gateway in dist/, which runs by itself with `node dist/main.mjs`. Another folder can be
 * given as the argument.
 */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { executor } from './executor.ts';

const [, , outdir = 'dist'] = process.argv;

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts'],
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // GraphiQL, local AWS and each provider stay in files of their own, loaded when they are wanted.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // The libraries' ES modules, of which esbuild keeps only what is used: half the size and start-up time.
  mainFields: ['module', 'main'],
  plugins: [executor],
  sourcemap: true,
  sourcesContent: false,
  // Stack traces in logs name functions.
  minify: false,
  // Some libraries are CommonJS and ask for Node's modules with `require`, which ES modules do not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'info',
});
