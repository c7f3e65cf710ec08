/**
 * AWS's JSON protocol by hand: the least that a program can do to make a signed call. It has no retries, no
 * refreshed credentials, no clock-skew correction, no endpoint rules: a lower bound for the cost of a call.
 */
import { createHmac, createSecretKey, hash, type KeyObject, randomUUID } from 'node:crypto';
import type { Aws } from './contestants/aws-calls.ts';
import { COLLECTION_ID, IDENTITY_STORE_ID } from './environment.ts';
import { exchange, openConnections } from './http.ts';

const ACCESS_KEY_ID = 'bench';
const SECRET_ACCESS_KEY = 'bench';
const REGION = 'us-east-1';
const CONTENT_TYPE = 'application/x-amz-json-1.1';
const SIGNED_HEADERS = 'content-type;host;x-amz-date;x-amz-target';

/** Room for 32 requests with 10 calls under way each. */
const CONNECTIONS = 500;

export interface SignedAws extends Aws {
  close(): Promise<void>;
}

/** Calls AWS at `endpoint`. */
export function openSignedAws(endpoint: string): SignedAws {
  const pool = openConnections(endpoint, CONNECTIONS);
  const { host } = new URL(endpoint);

  async function call(service: Service, operation: string, request: object): Promise<Answer> {
    const body = JSON.stringify(request);
    const headers = signedHeaders(service.signingName, `${service.targetPrefix}.${operation}`, host, body);
    const answer = await exchange(pool, { path: '/', method: 'POST', headers, body });
    return { status: answer.status, output: JSON.parse(answer.body.toString()) as Record<string, unknown> };
  }

  async function output(
    service: Service,
    operation: string,
    request: object,
  ): Promise<Record<string, unknown>> {
    const answer = await call(service, operation, request);
    if (answer.status === 200) return answer.output;
    throw new Error(`${operation} was answered with ${answer.status} ${JSON.stringify(answer.output)}`);
  }

  return {
    async createRekognitionUser(userId) {
      await output(rekognition, 'CreateUser', newUser(userId));
    },
    async meetConflict(userId) {
      const { status, output: exception } = await call(rekognition, 'CreateUser', newUser(userId));
      if (status === 400 && exception['__type'] === 'ConflictException') return;
      throw new Error(`There was no conflict, but ${status} ${JSON.stringify(exception)}`);
    },
    async createIdentityStoreUser(request) {
      const { UserId } = await output(identityStore, 'CreateUser', request);
      return String(UserId);
    },
    async describeIdentityStoreUser(userId) {
      await output(identityStore, 'DescribeUser', {
        IdentityStoreId: IDENTITY_STORE_ID,
        UserId: userId,
        Extensions: ['aws:identitystore:enterprise'],
      });
    },
    async describeCollection() {
      await output(rekognition, 'DescribeCollection', { CollectionId: COLLECTION_ID });
    },
    async listRekognitionUsers(maxResults) {
      await output(rekognition, 'ListUsers', { CollectionId: COLLECTION_ID, MaxResults: maxResults });
    },
    close: () => pool.close(),
  };
}

interface Answer {
  readonly status: number;
  readonly output: Record<string, unknown>;
}

interface Service {
  readonly signingName: string;
  readonly targetPrefix: string;
}

const rekognition: Service = { signingName: 'rekognition', targetPrefix: 'RekognitionService' };
const identityStore: Service = { signingName: 'identitystore', targetPrefix: 'AWSIdentityStore' };

/** The SDK adds a token of its own where the caller has none, and so does this. */
function newUser(userId: string): object {
  return { CollectionId: COLLECTION_ID, UserId: userId, ClientRequestToken: randomUUID() };
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
