/**
 * AWS's JSON protocol by hand: the least that a program can do to make a signed call. It has no retries, no
 * refreshed credentials, no clock-skew correction, no endpoint rules: a lower bound for the cost of a call.
 */
import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { exchange, openConnections } from './http.ts';

const ACCESS_KEY_ID = 'bench';
const SECRET_ACCESS_KEY = 'bench';
const REGION = 'us-east-1';
const CONTENT_TYPE = 'application/x-amz-json-1.1';
const SIGNED_HEADERS = 'content-type;host;x-amz-date;x-amz-target';

/** Room for 32 requests with 10 calls under way each. */
const CONNECTIONS = 500;

export interface Service {
  readonly signingName: string;
  readonly targetPrefix: string;
}

export const rekognition: Service = { signingName: 'rekognition', targetPrefix: 'RekognitionService' };
export const identityStore: Service = { signingName: 'identitystore', targetPrefix: 'AWSIdentityStore' };

export interface Answer {
  readonly status: number;
  readonly output: Readonly<Record<string, unknown>>;
}

export interface SignedCalls {
  readonly call: (service: Service, operation: string, request: object) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** Calls AWS at `endpoint`. */
export function openSignedCalls(endpoint: string): SignedCalls {
  const pool = openConnections(endpoint, CONNECTIONS);
  const { host } = new URL(endpoint);
  return {
    call: async (service, operation, request) => {
      const body = JSON.stringify(request);
      const headers = signedHeaders(service.signingName, `${service.targetPrefix}.${operation}`, host, body);
      const answer = await exchange(pool, { path: '/', method: 'POST', headers, body });
      return { status: answer.status, output: JSON.parse(answer.body.toString()) as Answer['output'] };
    },
    close: () => pool.close(),
  };
}

/** The error of an answer that a benchmark has no use for. */
export function unexpected(operation: string, { status, output }: Answer): Error {
  return new Error(`${operation} was answered with ${status} ${JSON.stringify(output)}`);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signedHeaders(signingName: string, target: string, host: string, body: string) {
  const time = new Date().toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${REGION}/${signingName}/aws4_request`;
  const canonical =
    `POST\n/\n\ncontent-type:${CONTENT_TYPE}\nhost:${host}\nx-amz-date:${time}\nx-amz-target:${target}\n\n` +
    `${SIGNED_HEADERS}\n${hash('sha256', body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical)}`;
  const signature = createHmac('sha256', signingKey(scope)).update(toSign).digest('hex');
  return {
    'content-type': CONTENT_TYPE,
    host,
    'x-amz-date': time,
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`,
  };
}

/** As key objects, with which a signature takes a fifth of the time that it takes with bytes. */
const signingKeys = new Map<string, KeyObject>();

/** The key is the same for a day, a region and a service. */
function signingKey(scope: string): KeyObject {
  let key = signingKeys.get(scope);
  if (!key) {
    const bytes = scope
      .split('/')
      .reduce<string | Buffer>(
        (secret, part) => createHmac('sha256', secret).update(part).digest(),
        `AWS4${SECRET_ACCESS_KEY}`,
      ) as Buffer;
    key = createSecretKey(bytes);
    signingKeys.set(scope, key);
  }
  return key;
}
