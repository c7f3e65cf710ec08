/** `npm run iam-policy` prints the IAM policy that a gateway needs. docs/operating.md has the options. */
import { parseArgs } from 'node:util';
import { providers } from '../src/providers/index.ts';
import { operations } from '../src/schema/operation/registry.ts';
import { partNames, policyFor } from './iam-policy/policy.ts';
import { wrongValue } from './iam-policy/values.ts';

await Promise.all(providers.map(({ load }) => load()));
const all = operations();
const parts = partNames(all);

/** `--collection-id`, for `collectionId`. */
const optionOf = (part: string) => part.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

const names = ['providers', 'operations', ...parts.map(optionOf)];

try {
  const { values } = parseArgs({
    options: Object.fromEntries(names.map(name => [name, { type: 'string' as const }])),
  });
  const list = (option: string) => values[option]?.split(',').map(value => value.trim());
  const wantedProviders = chosen('providers', list('providers'), new Set(providers.map(({ id }) => id)));
  const wanted = chosen('operations', list('operations'), new Set(all.flatMap(namesOf)));
  const given = parts.flatMap(part => {
    const value = list(optionOf(part));
    const wrong = value && wrongValue(part, value);
    if (wrong !== undefined) throw new Error(`--${optionOf(part)}: ${wrong}`);
    return value ? [[part, value] as const] : [];
  });
  const needed = all.filter(
    operation =>
      (wantedProviders?.includes(operation.provider) ?? true) &&
      (wanted === undefined || namesOf(operation).some(name => wanted.includes(name))),
  );
  if (needed.length === 0) throw new Error('None of the --operations is of the --providers.');
  console.log(JSON.stringify(policyFor(needed, Object.fromEntries(given)), null, 2));
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  console.error(message);
  if (code?.startsWith('ERR_PARSE_ARGS'))
    console.error(`The options are ${names.map(each => `--${each}`).join(', ')}.`);
  process.exitCode = 1;
}

/** What an operation may be chosen by: its name, and that of its type. */
function namesOf({ name, coordinate, kind }: (typeof all)[0]): readonly string[] {
  return kind === 'field' ? [coordinate] : [name];
}

function chosen(
  option: string,
  list: readonly string[] | undefined,
  known: ReadonlySet<string>,
): readonly string[] | undefined {
  const wrong = list?.find(value => !known.has(value));
  if (wrong === undefined) return list;
  throw new Error(`--${option}: there is no "${wrong}". There are ${[...known].join(', ')}.`);
}
