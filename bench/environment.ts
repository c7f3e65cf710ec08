/** What the processes of a run get as environment: nothing of the caller's own AWS configuration. */
import { fileURLToPath } from 'node:url';

export const productFolder = fileURLToPath(new URL('..', import.meta.url));

/** The identity store of local AWS's demo world, and the store of the stub. */
export const IDENTITY_STORE_ID = 'd-9067012345';

export const COLLECTION_ID = 'employees';

// oxlint-disable-next-line node/no-process-env -- a child needs the path to find node and npm
const { PATH = '', HOME = '' } = process.env;

/** Enough to run Node.js and npm. */
export const bareEnvironment: Readonly<Record<string, string>> = { PATH, HOME };

/** For contestants: the production mode of every library, and the AWS SDK's own configuration. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  return {
    ...bareEnvironment,
    NODE_ENV: 'production',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** The production configuration of Vestibule, with request logs on, which is its default. */
export function vestibuleEnvironment(endpoint: string, port: number): Record<string, string> {
  return {
    ...awsEnvironment(endpoint),
    AWS_BACKEND: 'aws',
    // The stub has no quotas.
    AWS_BUDGETS: 'off',
    // Its cost has a measurement of its own.
    AUDIT: 'off',
    AUTH: 'none',
    IDENTITY_STORE_ID,
    PORT: String(port),
  };
}
