/** Our signer keeps the signing key from one signature to the next; the SDK's own says what each must be. */
import { CreateUserCommand } from '@aws-sdk/client-rekognition';
import { Sha256Node } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { getSigningKey, SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, RequestSigningArguments } from '@smithy/types';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyKeepingSigner } from '../../src/aws/signer.ts';
import { clientOf, startAws } from '../support/aws-client.ts';
import { json } from '../support/recording-server.ts';

// As it is, with its calls counted.
vi.mock('@smithy/signature-v4', async load => {
  const library = await load<typeof import('@smithy/signature-v4')>();
  return { ...library, getSigningKey: vi.fn(library.getSigningKey) };
});
beforeEach(() => void vi.mocked(getSigningKey).mockClear());

interface Signing {
  readonly credentials?: Partial<AwsCredentialIdentity>;
  readonly region?: string;
  readonly options?: RequestSigningArguments;
  readonly body?: string | Uint8Array | undefined;
  /** Of the request, in place of those that it has by default. */
  readonly parts?: Partial<Pick<HttpRequest, 'path' | 'query' | 'headers'>>;
}

const now = new Date('2026-01-31T23:59:59.999Z');
const base = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

function request(body: unknown, parts: Signing['parts'] = {}) {
  return new HttpRequest({
    method: 'POST',
    hostname: 'rekognition.eu-west-1.amazonaws.com',
    path: '/a%20b/ü',
    query: { z: '1', a: ['2', 'ü'] },
    headers: { Host: 'rekognition.eu-west-1.amazonaws.com', 'X-Amz-Target': 'a  b' },
    ...(body !== undefined && { body }),
    ...parts,
  });
}

/** Our signer and the SDK's, for what comes one after another. */
function signers() {
  let current: Signing = {};
  const credentials = async () => ({ ...base, ...current.credentials });
  const region = async () => current.region ?? 'eu-west-1';
  const ours = new KeyKeepingSigner(credentials, region, 'rekognition');
  // A new one each time, so that nothing is kept.
  const theirs = () => new SignatureV4({ credentials, region, service: 'rekognition', sha256: Sha256Node });
  const signWith = (signer: Pick<KeyKeepingSigner, 'sign'>) => async (signing: Signing) => {
    current = signing;
    const { headers } = await signer.sign(request(signing.body, signing.parts), {
      signingDate: now,
      ...signing.options,
    });
    return headers;
  };
  return {
    sign: signWith(ours),
    signAsSdk: (signing: Signing) => signWith(theirs())(signing),
  };
}

const root = { path: '/', query: {} };
const nextDay = new Date(now.getTime() + 1);

describe('A signature is the one that the SDK makes', () => {
  it.each<[string, Signing]>([
    ['the day is another', { options: { signingDate: nextDay } }],
    ['the region is another', { region: 'us-east-1' }],
    ['the region of the request is another', { options: { signingRegion: 'us-east-1' } }],
    ['the service of the request is another', { options: { signingService: 'chime' } }],
    ['the secret is another', { credentials: { secretAccessKey: 'other' } }],
    ['the access key is another', { credentials: { accessKeyId: 'AKIDOTHER' } }],
    ['there is a session token', { credentials: { sessionToken: 'session' } }],
    ['the session token is empty', { credentials: { sessionToken: '' } }],
    ['the body is text', { body: '{"a":"ü"}' }],
    ['the body is bytes', { body: new Uint8Array([0, 255]) }],
    ['the date is a number', { options: { signingDate: nextDay.getTime() / 1_000 } }],
    ['the date is a text', { options: { signingDate: nextDay.toISOString() } }],
    ['the path and the query are empty', { parts: { path: '/', query: {} } }],
    ['the path alone is empty', { parts: { path: '/' } }],
    ['the query alone is empty', { parts: { query: {} } }],
    [
      'there are more headers',
      { parts: { ...root, headers: { host: 'b', 'x-amz-z': '1', 'X-Amz-A': '2' } } },
    ],
    ['a header has no value', { parts: { ...root, headers: { host: 'b', 'x-amz-a': '' } } }],
    [
      'headers are not to be signed',
      { parts: { ...root, headers: { host: 'b', 'User-Agent': 'a', 'sec-a': 'b' } } },
    ],
    ...[' a', 'a ', 'a  b', 'a\tb', '\ta\t', 'a\r\nb', ' \t '].map((value): [string, Signing] => [
      `a header is ${JSON.stringify(value)}`,
      { parts: { ...root, headers: { host: 'b', 'x-amz-a': value } } },
    ]),
  ])('when %s, and afterwards when it is as before', async (_case, changed) => {
    const { sign, signAsSdk } = signers();
    for (const signing of [{}, changed, {}]) {
      expect(await sign(signing)).toEqual(await signAsSdk(signing));
    }
  });

  it('of the present, when no date is given', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: nextDay });
    try {
      const signer = new KeyKeepingSigner(
        async () => base,
        async () => 'eu-west-1',
        'rekognition',
      );
      const { headers } = await signer.sign(request(undefined));
      expect(headers).toEqual(await signers().signAsSdk({ options: { signingDate: nextDay } }));
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('The signing key', () => {
  it('is derived once for the calls of a client', async () => {
    const server = await startAws(json({}));
    const client = clientOf(server.url);
    for (const UserId of ['ada', 'alan']) {
      await client.send(new CreateUserCommand({ CollectionId: 'employees', UserId }), { repeatable: true });
    }
    expect(getSigningKey).toHaveBeenCalledTimes(1);
  });

  it('is derived once for a day', async () => {
    const { sign } = signers();
    for (const body of ['a', 'b', 'c']) await sign({ body });
    expect(getSigningKey).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Signing]>([
    ['day', { options: { signingDate: nextDay } }],
    ['region', { region: 'us-east-1' }],
    ['secret', { credentials: { secretAccessKey: 'other' } }],
  ])('is derived anew for another %s', async (_part, changed) => {
    const { sign } = signers();
    for (const signing of [{}, changed, changed]) await sign(signing);
    expect(getSigningKey).toHaveBeenCalledTimes(2);
  });
});

it('leaves the request that it signs as it is', async () => {
  const original = request('a');
  await new KeyKeepingSigner(
    async () => base,
    async () => 'eu-west-1',
    'rekognition',
  ).sign(original);
  expect(original).toEqual(request('a'));
});

it.each([[undefined], [{ accessKeyId: 'AKIDEXAMPLE' }], [{ secretAccessKey: 'secret' }]])(
  'refuses to sign with %o, which is no access key',
  async credentials => {
    const signer = new KeyKeepingSigner(
      async () => credentials as never,
      async () => 'eu-west-1',
      'rekognition',
    );
    await expect(signer.sign(request('a'))).rejects.toThrow('Resolved credential object is not valid');
  },
);
