/** The gateway's configuration; the only reader of the environment. */
import * as z from 'zod';
import type { LocalAwsOptions } from './local-aws/index.ts';
import { providers } from './providers/index.ts';
import type { ProviderEntry } from './providers/provider.ts';
import { StartupError } from './startup-error.ts';

export interface Config {
  /** 0 stands for any free port. */
  readonly port: number;
  readonly host: string;
  /** The origins whose pages may use the gateway from a browser. */
  readonly corsOrigins: readonly string[];
  readonly logLevel: LogLevel;
  readonly awsTimeoutMs: number;
  readonly maxAnswerBytes: number;
  /** The ids of the providers to serve. */
  readonly providers: readonly string[];
  /** What each provider has made of its own variables, by its id. */
  readonly providerSettings: Readonly<Record<string, unknown>>;
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

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const providerIds = providers.map(({ id }) => id);

/** Node.js takes longer delays for 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** 256 MiB: JavaScript has no texts of more than 512. */
const MAX_ANSWER_BYTES = 268_435_456;

/** The variables that only one provider has. */
const ofProviders: object = Object.assign({}, ...providers.map(({ settings }) => settings?.variables));

const variables = z.object({
  PORT: wholeNumber(0, 65_535, 4000),
  HOST: z.string().default('127.0.0.1'),
  CORS_ORIGINS: z.string().optional().transform(originList),
  AWS_BACKEND: choice(['local', 'aws'], 'local'),
  PROVIDERS: z.string().default(providerIds.join(',')).transform(providerList),
  ...ofProviders,
  LOCAL_AWS_PORT: wholeNumber(0, 65_535, 0),
  LOCAL_AWS_DATA: z.string().default('.local-aws'),
  LOG_LEVEL: choice(logLevels, 'info'),
  AWS_TIMEOUT_MS: wholeNumber(1, MAX_TIMEOUT_MS, 10_000),
  MAX_ANSWER_BYTES: wholeNumber(1_024, MAX_ANSWER_BYTES, 10_485_760),
  AWS_REGION: z
    .string()
    .regex(/^[a-z\d]+(?:-[a-z\d]+)*$/, 'it must be the name of a region, such as eu-west-1, and nothing else')
    .default('us-east-1'),
});

/**
 * Reads the settings from environment variables; an empty one counts as absent, and is taken away.
 *
 * @throws StartupError with a line for each variable that has a wrong value.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // The SDK takes some of its own for values, such as a region without a name.
  for (const [name, value] of Object.entries(env)) if (value === '') delete env[name];
  const given = { ...env };
  const result = variables.safeParse(given);
  if (!result.success) {
    throw new StartupError(
      result.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return `${name}=${JSON.stringify(given[name])} is wrong: ${message}.`;
      }),
    );
  }
  const settings = result.data;
  const local = settings.AWS_BACKEND === 'local';
  const own = providers.map(entry => settingsOf(entry, settings, local));
  return {
    port: settings.PORT,
    host: settings.HOST,
    corsOrigins: settings.CORS_ORIGINS,
    logLevel: settings.LOG_LEVEL,
    awsTimeoutMs: settings.AWS_TIMEOUT_MS,
    maxAnswerBytes: settings.MAX_ANSWER_BYTES,
    providers: settings.PROVIDERS,
    providerSettings: Object.fromEntries(own.map(({ id, values }) => [id, values])),
    ...(local && {
      localAws: {
        ...(Object.assign({}, ...own.map(({ localAws }) => localAws)) as LocalAwsOptions),
        port: settings.LOCAL_AWS_PORT,
        data: settings.LOCAL_AWS_DATA,
        region: settings.AWS_REGION,
      },
    }),
  };
}

function settingsOf({ id, settings }: ProviderEntry, values: object, local: boolean) {
  const read = settings?.read(values as Readonly<Record<string, string | undefined>>, { local });
  return { id, values: read, localAws: settings?.localAws?.(read) };
}

function wholeNumber(min: number, max: number, fallback: number) {
  const message = `it must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine(value => value >= min && value <= max, message)
    .default(fallback);
}

function choice<const Values extends readonly [string, ...string[]]>(
  values: Values,
  fallback: Values[number],
) {
  return z.enum(values, `it must be one of ${values.join(', ')}`).default(fallback as never);
}

function providerList(value: string, context: z.RefinementCtx): readonly string[] {
  const names = value.split(',').map(name => name.trim());
  if (!names.every(name => providerIds.includes(name))) {
    const message = `it must be a list, separated by commas, of some of ${providerIds.join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return providerIds.filter(id => names.includes(id));
}

/** Origins are compared as browsers write them, so one that is written otherwise would never be allowed. */
function originList(value: string | undefined, context: z.RefinementCtx): readonly string[] {
  const origins = value?.split(',').map(origin => origin.trim()) ?? [];
  const fault = origins.map(faultOfOrigin).find(found => found !== undefined);
  if (fault === undefined) return origins;
  const examples = 'https://app.example.com or http://localhost:5173';
  const message = `it must be a list, separated by commas, of origins such as ${examples}; ${fault}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function faultOfOrigin(value: string): string | undefined {
  const quoted = JSON.stringify(value);
  if (value.includes('*')) return `${quoted} would let pages in that nobody has named`;
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) return `${quoted} is none`;
  return url.origin === value ? undefined : `the origin of ${quoted} is ${url.origin}`;
}
