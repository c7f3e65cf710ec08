import { defaultRegion } from '../services/aws-account.ts';

/** What a request's signature says. Nobody verifies it. */
export interface Signature {
  readonly region: string;
}

/** The signature in the header `Authorization` or, of a presigned request, in the query; undefined without one. */
export function readSignature(
  authorization: string | undefined,
  query: URLSearchParams,
): Signature | undefined {
  if (authorization) return { region: regionIn(/Credential=([^,\s]+)/.exec(authorization)?.[1]) };
  if (query.has('X-Amz-Signature')) return { region: regionIn(query.get('X-Amz-Credential') ?? undefined) };
  return undefined;
}

/** From the scope of a credential: `key/20260102/eu-west-1/service/aws4_request`. */
function regionIn(credential = ''): string {
  return /^[^/]+\/\d{8}\/([a-z0-9-]{1,40})\//.exec(credential)?.[1] ?? defaultRegion;
}
