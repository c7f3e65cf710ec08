// All that is tried in a browser, each file in a process of its own, whatever came of the one before: `npm run browser`.
import { spawnSync } from 'node:child_process';

const files = ['graphiql.js', 'jobs.js'];

const failed = files.filter(file => {
  const path = new URL(file, import.meta.url).pathname;
  return spawnSync(process.execPath, [path, ...process.argv.slice(2)], { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) {
  console.error(`Failed in the browser: ${failed.join(', ')}`);
  process.exitCode = 1;
}
