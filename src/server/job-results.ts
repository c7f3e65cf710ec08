/** The results of bulk jobs as files, at addresses that carry their own leave. */
import type { IncomingMessage } from 'node:http';
import type { Jobs } from '../jobs/index.ts';
import type { ResultsFormat } from '../jobs/results-link.ts';
import { type Answer, fileAnswer, noResultsAnswer } from './answers.ts';

/** Each reads from the database as fast as its client takes it. */
const MAX_DOWNLOADS = 10;

const mediaTypes: Readonly<Record<ResultsFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

const path = /^\/jobs\/([0-9a-f-]{36})\/results\.(csv|ndjson)(?:\?|$)/;

/** Whether an address is one of results. */
export function isOfResults(url: string): boolean {
  return path.test(url);
}

/** What answers requests for results. */
export function createJobResults(jobs: Jobs | undefined): (request: IncomingMessage) => Promise<Answer> {
  let open = 0;
  return async ({ method, url = '' }) => {
    if (method !== 'GET') return noResultsAnswer('method');
    const [, job = '', format = ''] = path.exec(url) ?? [];
    const asked = new URLSearchParams(url.slice(url.indexOf('?')));
    const link = {
      job,
      format: format as ResultsFormat,
      expires: asked.get('expires') ?? '',
      signature: asked.get('signature') ?? '',
    };
    if (open >= MAX_DOWNLOADS) return noResultsAnswer('busy');
    const results = (await jobs?.results(link)) ?? 'gone';
    if (typeof results === 'string') return noResultsAnswer(results);
    open += 1;
    return fileAnswer(`job-${job}.${format}`, mediaTypes[link.format], results, () => {
      open -= 1;
    });
  };
}
