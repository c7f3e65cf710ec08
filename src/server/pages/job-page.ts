/** The page of a bulk job. It is the same for all jobs, and holds no data: its script asks for those as every client. */
import type { IncomingMessage } from 'node:http';
import type { Answer } from '../answer/answers.ts';
import { openJobPage } from './browser/job.ts';
import { type HtmlPage, htmlAnswer, htmlPage, scriptValues } from './html-page.ts';

const path = /^\/jobs\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\?|$)/;

/** Whether a browser asks for the page of a job. */
export function isJobPage({ method, url = '' }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && path.test(url);
}

/**
 * What answers with the page.
 *
 * @param needsToken Whether callers have to send a token.
 */
export function createJobPage(needsToken: boolean): (request: IncomingMessage) => Promise<Answer> {
  let page: HtmlPage | undefined;
  return request => htmlAnswer((page ??= htmlPage(html(needsToken), ['img-src data:'])), request);
}

const fields = `id operation state reason error { message } dryRun rowsPerSecond estimatedEnd
  counts { total invalid planned waiting succeeded failed unknown cancelled }
  csv: resultsUrl(format: CSV) ndjson: resultsUrl(format: NDJSON)`;

const documents = {
  watch: `subscription JobPageProgress($id: ID!) { jobProgress(id: $id) { ${fields} } }`,
  look: `query JobPage($id: ID!) { node(id: $id) { ... on Job { ${fields} } } }`,
  failed: `query JobPageFailedRows($id: ID!) { node(id: $id) { ... on Job {
    rows(first: 50, outcome: [INVALID, FAILED, UNKNOWN]) { edges { node { position line outcome error { message } } } }
  } } }`,
  cancel:
    'mutation JobPageCancel($id: ID!) { result: cancelJob(input: { id: $id }) { ... on Error { message } } }',
  retry:
    'mutation JobPageRetry($id: ID!) { result: retryJob(input: { id: $id }) { ... on Error { message } } }',
};

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; }
progress { width: 100%; height: 1.25rem; }
#notice:empty { display: none; }
#notice { border-left: 4px solid #c60; padding-left: .5rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: .5rem; }
dt { font-size: .85rem; opacity: .75; }
dd { margin: 0; font-size: 1.2rem; font-variant-numeric: tabular-nums; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
button, input { font: inherit; padding: .35rem .8rem; max-width: 100%; box-sizing: border-box; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
td, th { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-top: 1px solid #8886; }
th, td:nth-child(-n + 2) { white-space: nowrap; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
[hidden] { display: none !important; }`;

function html(needsToken: boolean): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<link rel="icon" href="data:," />
<title>Bulk job</title>
<style>${style}</style>
</head>
<body>
<main>
<h1 id="title">Bulk job</h1>
<p id="notice" role="status"></p>
<form id="sign-in" hidden>
<label>Bearer token, which is kept only as long as this page is open:
<input id="token" type="password" autocomplete="off" required /></label>
<button>Show the job</button>
</form>
<div id="job" hidden>
<p><strong id="state"></strong> <span id="reason"></span></p>
<progress id="bar" aria-label="Rows that have an outcome"></progress>
<p id="pace"></p>
<dl id="counts"></dl>
<p class="actions">
<button id="cancel" type="button">Cancel</button>
<button id="retry" type="button">Retry</button>
<a id="csv" download>Results as CSV</a>
<a id="ndjson" download>Results as NDJSON</a>
</p>
<div id="failures" hidden>
<h2>The first rows that failed</h2>
<table><thead><tr><th>Row</th><th>Outcome</th><th>Error</th></tr></thead><tbody id="failed"></tbody></table>
</div>
</div>
</main>
<script>(${String(openJobPage)})(${scriptValues({ documents, needsToken })});</script>
</body>
</html>`;
}
