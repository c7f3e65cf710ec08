/** Addresses of results: each is good for one job, in one format, for a while, and for whoever has it. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const resultsFormats = ['csv', 'ndjson'] as const;
export type ResultsFormat = (typeof resultsFormats)[number];

const GOOD_FOR_S = 3_600;

/** Of SHA-256. */
const SIGNATURE_BYTES = 32;

/** What such an address says. */
export interface ResultsLink {
  readonly job: string;
  readonly format: ResultsFormat;
  /** The id of the principal who was given it. */
  readonly holder: string;
  /** In seconds since 1970. */
  readonly expires: string;
  readonly signature: string;
}

/** The address of a job's results, relative to the GraphQL endpoint. */
export function resultsLink(job: string, format: ResultsFormat, holder: string, secret: string): string {
  const expires = String(Math.floor(Date.now() / 1_000) + GOOD_FOR_S);
  const signature = sign({ job, format, holder, expires }, secret).toString('base64url');
  return `jobs/${job}/results.${format}?${new URLSearchParams({ holder, expires, signature }).toString()}`;
}

/**
 * Whether an address is one of these, and still good. What cannot be good by its own words is judged by them alone, so that
 * nobody makes the gateway look for a secret who was never given such an address, or too long ago.
 *
 * @param secretOf Tells the secret; undefined as long as no address was signed with any.
 */
export async function judgeLink(
  link: ResultsLink,
  secretOf: () => Promise<string | undefined>,
): Promise<'good' | 'forged' | 'expired'> {
  const given = Buffer.from(link.signature, 'base64url');
  if (given.length !== SIGNATURE_BYTES || !/^\d{1,12}$/.test(link.expires)) return 'forged';
  if (Number(link.expires) * 1_000 <= Date.now()) return 'expired';
  const secret = await secretOf();
  return secret !== undefined && timingSafeEqual(given, sign(link, secret)) ? 'good' : 'forged';
}

/** The words keep a signature from being taken for one of something else that the secret signs. */
function sign({ job, format, holder, expires }: Omit<ResultsLink, 'signature'>, secret: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['results of a job', job, format, holder, expires]))
    .digest();
}
