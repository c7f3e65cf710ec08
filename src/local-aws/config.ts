import * as z from 'zod';
import identityStore from '../aws/models/identitystore.json' with { type: 'json' };
import { Quotas, quotasType, readQuotas } from '../aws/models/quotas.ts';
import { shapeOf } from '../aws/models/shapes.ts';
import { StartupError } from './startup-error.ts';

/** Settings of the stand-alone program. An empty variable counts as not set. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly identityStores: readonly string[];
  readonly quotas: Quotas;
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine(value => value <= 65_535, 'must be a port number from 0 to 65535')
  .default(4566);

const variables = z.object({
  LOCAL_AWS_HOST: z.string().default('127.0.0.1'),
  LOCAL_AWS_PORT: port,
  LOCAL_AWS_DATA: z.string().default('.local-aws'),
  IDENTITY_STORE_ID: z
    .string()
    .refine(
      value => shapeOf(identityStore, 'IdentityStoreId').safeParse(value).success,
      'must be "d-" and ten hexadecimal digits, or a UUID, in lower case',
    )
    .optional(),
  LOCAL_AWS_QUOTAS: z
    .string()
    .refine(list => readQuotas(list, false) !== undefined, `must be ${quotasType}`)
    .default('off'),
});

/** @throws StartupError naming every variable that is wrong */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const result = variables.safeParse(Object.fromEntries(present));
  if (!result.success) {
    throw new StartupError(
      result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '),
    );
  }
  const { LOCAL_AWS_HOST, LOCAL_AWS_PORT, LOCAL_AWS_DATA, IDENTITY_STORE_ID } = result.data;
  const quotas = readQuotas(result.data.LOCAL_AWS_QUOTAS, false);
  return {
    host: LOCAL_AWS_HOST,
    port: LOCAL_AWS_PORT,
    data: LOCAL_AWS_DATA,
    identityStores: IDENTITY_STORE_ID === undefined ? [] : [IDENTITY_STORE_ID],
    quotas: quotas ?? new Quotas(false),
  };
}
