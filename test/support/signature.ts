/** Whether a request that a server received is signed as AWS asks, by the SDK's own signer. */
import { Sha256Node } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity } from '@smithy/types';
import { expect } from 'vitest';
import type { ReceivedRequest } from './recording-server.ts';

/** Headers that signing adds. */
const ofSignature = ['authorization', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'];

/** Signs what arrived once more, for the day, region and service that it names, and expects the same headers. */
export async function expectSigned(
  { method, path, headers, body }: ReceivedRequest,
  credentials: AwsCredentialIdentity,
): Promise<void> {
  const [pathname = '', search = ''] = path.split('?', 2);
  const query = new URLSearchParams(search);
  const [, region = '', service = '', names = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+),/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const signedNames = names.split(';');
  const unsigned = signedNames.filter(name => !ofSignature.includes(name));
  const request = new HttpRequest({
    method,
    path: pathname,
    query: Object.fromEntries([...query.keys()].map(name => [name, query.getAll(name)])),
    headers: Object.fromEntries(unsigned.map(name => [name, String(headers[name])])),
    body,
  });
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256Node });
  const time = String(headers['x-amz-date']).replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z');
  const signed = await signer.sign(request, { signingDate: new Date(time) });
  const ours = ofSignature.map(name => [name, headers[name]]);
  const theirs = ofSignature.map(name => [name, signed.headers[name]]);
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
}
