/**
 * `npm run -s dev-token -- --scopes "rekognition:*:read"` prints a token that a gateway with AUTH=dev takes. Its key is
 * made at the first time and stays in .dev-issuer, on this machine.
 */
import { parseArgs } from 'node:util';
import { devToken } from '../src/auth/dev-issuer.ts';
import { isScopePattern } from '../src/auth/scopes.ts';

const usage =
  'Usage: npm run -s dev-token -- --scopes "rekognition:*:read chime:users:create" [--subject ada] [--resources "rekognition:collection/employees"] [--hours 12]';

interface Wanted {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly hours: number;
}

/** What the command line asks for, or what is wrong with it. */
function wanted(): Wanted | string {
  const options = {
    scopes: { type: 'string' },
    subject: { type: 'string', default: 'developer' },
    resources: { type: 'string' },
    hours: { type: 'string', default: '12' },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    return (error as Error).message;
  }
  const { scopes, subject, resources, hours } = values;
  if (scopes === undefined) return 'The token needs scopes.';
  const wrong = listOf(scopes).find(scope => !isScopePattern(scope));
  if (wrong !== undefined)
    return `"${wrong}" is no scope, such as rekognition:users:create, with * at any level.`;
  if (!/^[1-9]\d{0,3}$/.test(hours)) return 'The hours are a whole number from 1 to 9999.';
  const bounds = resources !== undefined && { resources: listOf(resources) };
  return { claims: { sub: subject, scope: listOf(scopes).join(' '), ...bounds }, hours: Number(hours) };
}

function listOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(entry => entry !== '');
}

const token = wanted();
if (typeof token === 'string') {
  process.stderr.write(`${token}\n${usage}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${await devToken(token.claims, token.hours)}\n`);
}
