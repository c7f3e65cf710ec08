/** The results of bulk jobs as files, at addresses that carry their own leave. */
import type { IncomingMessage } from 'node:http';
import { anonymous } from '../auth/principal.ts';
import type { Jobs } from '../jobs/index.ts';
import type { ResultsFormat } from '../jobs/results-link.ts';
import { type Answer, fileAnswer, noResultsAnswer } from './answer/answers.ts';
import type { Exchange } from './exchange.ts';
import { Shares } from './in-flight/shares.ts';
import { clientAddress } from './request/client-address.ts';

/** Each reads from the database as fast as its client takes it; some are for readers who have none. */
const MAX_DOWNLOADS = 10;
const FIRST_DOWNLOADS = 3;

const mediaTypes: Readonly<Record<ResultsFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

const path = /^\/jobs\/([0-9a-f-]{36})\/results\.(csv|ndjson)(?:\?|$)/;

/** Whether an address is one of results. */
export function isOfResults(url: string): boolean {
  return path.test(url);
}

/**
 * What answers requests for results.
 *
 * @param proxies See {@link clientAddress}.
 */
export function createJobResults(
  jobs: Jobs | undefined,
  proxies: number,
): (request: IncomingMessage, exchange: Exchange) => Promise<Answer> {
  const places = new Shares(MAX_DOWNLOADS, FIRST_DOWNLOADS);
  return async ({ method, url = '' }, exchange) => {
    if (method !== 'GET') return noResultsAnswer('method');
    const [, job = '', format = ''] = path.exec(url) ?? [];
    const asked = new URLSearchParams(url.slice(url.indexOf('?')));
    const link = {
      job,
      format: format as ResultsFormat,
      holder: asked.get('holder') ?? '',
      expires: asked.get('expires') ?? '',
      signature: asked.get('signature') ?? '',
    };
    if (places.count >= places.maximum) return noResultsAnswer('busy');
    const results = (await jobs?.results(link)) ?? 'gone';
    if (typeof results === 'string') return noResultsAnswer(results);
    const { holder } = link;
    const reader = holder === anonymous.id ? `address ${clientAddress(exchange, proxies)}` : holder;
    const lacking = places.take(reader);
    if (lacking) return noResultsAnswer(lacking === 'share' ? 'busyReader' : 'busy');
    return fileAnswer(`job-${job}.${format}`, mediaTypes[link.format], results, () => places.leave(reader));
  };
}
