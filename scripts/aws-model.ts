/**
 * `npm run aws-model -- <path of a service-2.json>` writes the service's file in src/aws/models/ anew, with the
 * operations that it lists.
 *
 * AWS's descriptions of its services are in botocore: botocore/data/<service>/<version>/service-2.json, or .json.gz.
 *
 *     --add Operation    one more operation; may be repeated
 *     --to folder        where the file is, instead of src/aws/models
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { ServiceModel } from '../src/aws/models/model.ts';
import { extract, serviceName } from './aws-model/extract.ts';
import { print } from './aws-model/print.ts';
import { ScriptError } from './aws-model/script-error.ts';
import { readJson, Source } from './aws-model/source.ts';

const usage = 'Usage: npm run aws-model -- <path of a service-2.json> [--add <Operation>]… [--to <folder>]';

try {
  console.log(update());
} catch (error) {
  if (!(error instanceof ScriptError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function update(): string {
  const { path, add, to } = readArguments();
  const source = new Source(path);
  const file = join(to, `${serviceName(source)}.json`);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const listed = before === undefined ? [] : Object.keys((readJson(file) as ServiceModel).operations);
  const names = [...new Set([...listed, ...add])];
  if (names.length === 0) throw new ScriptError(`There is no ${file} yet. Name its operations with --add.`);
  const after = print(extract(source, names));
  if (after === before) return `${file} is as AWS describes it.`;
  writeFileSync(file, after);
  return `${file} is written anew, with ${names.length === 1 ? '1 operation' : `${names.length} operations`}.`;
}

function readArguments(): { readonly path: string; readonly add: readonly string[]; readonly to: string } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        add: { type: 'string', multiple: true, default: [] },
        to: { type: 'string', default: join('src', 'aws', 'models') },
      },
    });
    const [path, ...more] = positionals;
    if (path !== undefined && more.length === 0) return { path, ...values };
  } catch {
    // An unknown option: the usage says which ones there are.
  }
  throw new ScriptError(usage);
}
