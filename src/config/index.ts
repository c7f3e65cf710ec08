/** The gateway's configuration; the only reader of the environment. */
import * as z from 'zod';
import type { AuditConfig } from '../audit/index.ts';
import { Quotas, readQuotas } from '../aws/models/quotas.ts';
import type { DatabaseConfig } from '../database/shared-database.ts';
import type { JobsConfig } from '../jobs/index.ts';
import type { LocalAwsOptions } from '../local-aws/index.ts';
import { providers } from '../providers/index.ts';
import type { ProviderEntry } from '../providers/provider.ts';
import { StartupError } from '../startup-error.ts';
import { type AccessConfig, authentication, exploration, readAccess } from './access.ts';
import { audit, readAudit } from './audit.ts';
import { database, readDatabase } from './database.ts';
import { jobs } from './jobs.ts';
import { limits } from './limits.ts';
import { persisted } from './persisted.ts';
import { metrics, traces } from './telemetry.ts';
import { upstream } from './upstream.ts';
import type { ValuesOf, Variables } from './variable.ts';
import { aws, localAws, server, shutdown } from './variables.ts';

const groups = { server, aws, upstream, limits, persisted, shutdown, localAws, metrics, traces };

type Values = { readonly [Name in keyof typeof groups]: ValuesOf<(typeof groups)[Name]> };

export interface Config extends Omit<Values, 'localAws'> {
  /** Where changes are taken down. */
  readonly audit: AuditConfig;
  /** What keeps what outlives a request. */
  readonly database: DatabaseConfig;
  /** How long changes are remembered under their keys; 0 when they are not. */
  readonly idempotencyHours: number;
  readonly jobs: JobsConfig;
  /** Who may use the gateway, and what it shows of itself. */
  readonly access: AccessConfig;
  /** What the budgets of calls to AWS keep to. */
  readonly quotas: Quotas;
  /** What each provider has made of its own variables, by its id. */
  readonly providerSettings: Readonly<Record<string, unknown>>;
  /** The environment, for what says which of the AWS SDK's settings is wrong. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The embedded AWS; absent when requests go where the AWS SDK's own configuration says. */
  readonly localAws?: LocalAwsConfig;
}

export interface LocalAwsConfig extends LocalAwsOptions {
  /** 0 stands for any free port. */
  readonly port: number;
  /** A folder, or `:memory:`. */
  readonly data: string;
  readonly region: string;
}

/** All variables that the gateway reads itself, by the titles that the documentation gives to their groups. */
export const documentedVariables: Readonly<Record<string, Variables>> = {
  Server: server,
  Authentication: authentication,
  'GraphiQL and introspection': exploration,
  AWS: aws,
  'Calls to AWS': upstream,
  ...Object.fromEntries(
    providers.flatMap(({ name, settings }) => (settings ? [[name, settings.variables]] : [])),
  ),
  Limits: limits,
  'Persisted documents': persisted,
  Stopping: shutdown,
  'Audit trail': audit,
  Database: database,
  'Bulk jobs': jobs,
  Metrics: metrics,
  Traces: traces,
  'Local AWS': localAws,
};

const variables = Object.values(documentedVariables).flatMap(group => Object.values(group));

const environment = z.object(Object.fromEntries(variables.map(({ name, schema }) => [name, schema])));

const secrets = new Set(variables.filter(({ isSecret }) => isSecret).map(({ name }) => name));

/**
 * Reads the settings from environment variables; an empty one counts as absent, and is taken away.
 *
 * @throws StartupError with a line for each variable that has a wrong value.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // The SDK takes some of its own for values, such as a region without a name.
  for (const [name, value] of Object.entries(env)) if (value === '') delete env[name];
  const given = { ...env };
  const result = environment.safeParse(given);
  if (!result.success) {
    throw new StartupError(
      result.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return `${secrets.has(name) ? name : `${name}=${JSON.stringify(given[name])}`} is wrong: ${message}.`;
      }),
    );
  }
  const read = <Group extends Variables>(group: Group) => valuesOf(group, result.data);
  const local = read(aws).backend === 'local';
  const own = providers.map(entry => settingsOf(entry, result.data, local));
  return {
    server: read(server),
    aws: read(aws),
    upstream: read(upstream),
    limits: read(limits),
    quotas: quotasOf(read(upstream).budgets, !local),
    persisted: read(persisted),
    shutdown: read(shutdown),
    audit: readAudit(read(audit), { local, server: read(database).url !== undefined }),
    database: readDatabase(read(database)),
    idempotencyHours: read(database).idempotencyHours,
    jobs: read(jobs),
    access: readAccess(read(authentication), read(exploration), { host: read(server).host, local }),
    metrics: read(metrics),
    traces: read(traces),
    environment: env,
    providerSettings: Object.fromEntries(own.map(({ id, settings }) => [id, settings])),
    ...(local && {
      localAws: {
        ...(Object.assign({}, ...own.map(each => each.localAws)) as LocalAwsOptions),
        ...read(localAws),
        quotas: quotasOf(read(localAws).quotas, false),
        region: read(aws).region,
      },
    }),
  };
}

/** @param awsOwn Whether AWS's own hold where nothing is given. */
function quotasOf(list: string | undefined, awsOwn: boolean): Quotas {
  return (list === undefined ? undefined : readQuotas(list, awsOwn)) ?? new Quotas(awsOwn);
}

function valuesOf<Group extends Variables>(
  group: Group,
  values: Readonly<Record<string, unknown>>,
): ValuesOf<Group> {
  return Object.fromEntries(
    Object.entries(group).map(([key, { name }]) => [key, values[name]]),
  ) as ValuesOf<Group>;
}

function settingsOf(
  { id, settings }: ProviderEntry,
  values: Readonly<Record<string, unknown>>,
  local: boolean,
) {
  const read = settings?.read(valuesOf(settings.variables, values), { local });
  return { id, settings: read, localAws: settings?.localAws?.(read) };
}
