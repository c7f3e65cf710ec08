/** The gateway's configuration; the only reader of the environment. */
import * as z from 'zod';
import identityStoreModel from './aws/models/identitystore.json' with { type: 'json' };
import { violations } from './aws/models/constraints.ts';
import { shapeOf } from './aws/models/shapes.ts';
import { providers } from './providers/index.ts';
import type { ProviderId } from './providers/provider.ts';
import { StartupError } from './startup-error.ts';

export interface Config {
  /** 0 stands for any free port. */
  readonly port: number;
  readonly host: string;
  readonly logLevel: LogLevel;
  readonly awsTimeoutMs: number;
  readonly providers: readonly ProviderId[];
  /** The identity store of inputs that name none. */
  readonly identityStoreId?: string;
  /** The embedded AWS; absent when requests go where the AWS SDK's own configuration says. */
  readonly localAws?: LocalAwsConfig;
}

export interface LocalAwsConfig {
  /** 0 stands for any free port. */
  readonly port: number;
  /** A folder, or `:memory:`. */
  readonly data: string;
  readonly region: string;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const providerIds = providers.map(({ id }) => id);

/** The store of local AWS's demo world, which every local gateway serves unless told otherwise. */
const DEMO_IDENTITY_STORE = 'd-9067012345';

/** Node.js takes longer delays for 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMEOUT_MS = 2_147_483_647;

const variables = z.object({
  PORT: wholeNumber(0, 65_535, 4000),
  HOST: z.string().default('127.0.0.1'),
  AWS_BACKEND: choice(['local', 'aws'], 'local'),
  PROVIDERS: z.string().default(providerIds.join(',')).transform(providerList),
  IDENTITY_STORE_ID: z.string().optional().superRefine(identityStoreId),
  LOCAL_AWS_PORT: wholeNumber(0, 65_535, 0),
  LOCAL_AWS_DATA: z.string().default('.local-aws'),
  LOG_LEVEL: choice(logLevels, 'info'),
  AWS_TIMEOUT_MS: wholeNumber(1, MAX_TIMEOUT_MS, 10_000),
  AWS_REGION: z.string().default('us-east-1'),
});

/**
 * Reads the settings from environment variables; an empty one counts as absent.
 *
 * @throws StartupError with a line for each variable that has a wrong value.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
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
  const identityStore = settings.IDENTITY_STORE_ID ?? (local ? DEMO_IDENTITY_STORE : undefined);
  return {
    port: settings.PORT,
    host: settings.HOST,
    logLevel: settings.LOG_LEVEL,
    awsTimeoutMs: settings.AWS_TIMEOUT_MS,
    providers: settings.PROVIDERS,
    ...(identityStore && { identityStoreId: identityStore }),
    ...(local && {
      localAws: { port: settings.LOCAL_AWS_PORT, data: settings.LOCAL_AWS_DATA, region: settings.AWS_REGION },
    }),
  };
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

function providerList(value: string, context: z.RefinementCtx): readonly ProviderId[] {
  const names = value.split(',').map(name => name.trim());
  if (!names.every(name => (providerIds as readonly string[]).includes(name))) {
    const message = `it must be a list, separated by commas, of some of ${providerIds.join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return providerIds.filter(id => names.includes(id));
}

function identityStoreId(value: string | undefined, context: z.RefinementCtx): void {
  if (value === undefined || violations(shapeOf(identityStoreModel, 'IdentityStoreId'), value).length === 0)
    return;
  const message = 'it must be "d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case';
  context.addIssue({ code: 'custom', message });
}
