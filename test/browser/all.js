// All that is tried in a browser, each file in a process of its own, whatever came of the one before: `npm run browser`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const files = ['graphiql.js', 'jobs.js'];

const failed = files.filter(file => {
  const args = [join(import.meta.dirname, file), ...process.argv.slice(2)];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) {
  console.error(`Failed in the browser: ${failed.join(', ')}`);
  process.exitCode = 1;
}
