/** Variables of the database, which remembers what was done under idempotency keys. */
import type { DatabaseConfig } from '../database/shared-database.ts';
import { StartupError } from '../startup-error.ts';
import { anyText, optionalText, secret, text, type ValuesOf, wholeNumber } from './variable.ts';

const MIN_SECRET_CHARACTERS = 32;

export const database = {
  url: secret(
    optionalText(
      'DATABASE_URL',
      {
        type: 'a URL such as postgres://user:password@db.example.com:5432/vestibule',
        read: url => (/^postgres(?:ql)?:$/.test(URL.parse(url)?.protocol ?? '') ? url : undefined),
      },
      'an embedded PostgreSQL, which is started when it is first needed',
      'The PostgreSQL server, of version 15 or newer, that keeps what outlives a request. Gateways that share it share the work.',
    ),
  ),
  folder: text(
    'DATABASE_FOLDER',
    { ...anyText('a folder'), fallback: '.vestibule' },
    'Where the embedded PostgreSQL keeps its files.',
  ),
  secret: secret(
    optionalText(
      'DATABASE_SECRET',
      {
        type: `a text of ${MIN_SECRET_CHARACTERS} characters or more`,
        read: value => (value.length >= MIN_SECRET_CHARACTERS ? value : undefined),
      },
      'made up together with the embedded PostgreSQL; needed with `DATABASE_URL`',
      'What hashes of keys and inputs are made with, so that nobody who reads the database can guess what they are of. The same for all gateways that share it.',
    ),
  ),
  idempotencyHours: wholeNumber(
    'IDEMPOTENCY_HOURS',
    { min: 0, max: 8_760, fallback: 24 },
    'How many hours the gateway remembers what was done under an `idempotencyKey`; 0: it remembers nothing, and keys count only where AWS takes them.',
  ),
};

/** Where the database is, and what else it needs; it is opened when something is to be remembered. */
export function readDatabase({ url, folder, secret: given }: ValuesOf<typeof database>): DatabaseConfig {
  if (url !== undefined && given === undefined) {
    throw new StartupError([
      `DATABASE_URL needs DATABASE_SECRET: ${database.secret.type}, the same for all gateways that share the database.`,
    ]);
  }
  return { place: url === undefined ? { folder } : { url }, secret: given };
}
