/** What the page of a job does. Runs in the browser, where nothing of this file but the function is. */

// Of the browser, no more than is used here.
interface PageElement {
  textContent: string;
  hidden: boolean;
  disabled: boolean;
  value: string | number;
  max: number;
  href: string;
  append(...nodes: readonly (PageElement | string)[]): void;
  replaceChildren(...nodes: readonly PageElement[]): void;
  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void;
}
declare const location: URL;
declare const document: {
  title: string;
  getElementById(id: string): PageElement;
  createElement(name: string): PageElement;
};
declare function confirm(question: string): boolean;

/** What the page is given. */
export interface JobPageOptions {
  readonly documents: Readonly<Record<'watch' | 'look' | 'failed' | 'cancel' | 'retry', string>>;
  readonly needsToken: boolean;
}

interface Job {
  readonly operation: string;
  readonly state: string;
  readonly reason: string | null;
  readonly error: { readonly message: string } | null;
  readonly dryRun: boolean;
  readonly rowsPerSecond: number;
  readonly estimatedEnd: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly csv: string | null;
  readonly ndjson: string | null;
}

interface Row {
  readonly position: number;
  readonly line: number | null;
  readonly outcome: string;
  readonly error: { readonly message: string } | null;
}

interface Result {
  readonly data?: {
    readonly jobProgress?: Job | null;
    readonly node?: (Job & { readonly rows: { readonly edges: readonly { readonly node: Row }[] } }) | null;
    readonly result?: { readonly message?: string } | null;
  } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

/** Shows a job as it goes on: by its events, and where those do not come, by asking every two seconds. */
export function openJobPage({ documents, needsToken }: JobPageOptions): void {
  const pauseMs = 2_000;
  const endpoint = new URL('../graphql', location.href);
  const jobId = location.pathname.split('/').at(-1) ?? '';
  const id = btoa(`Job:${jobId}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- In the browser there is nothing outside.
  const element = (name: string) => document.getElementById(name);
  const pause = () => new Promise(resolve => void setTimeout(resolve, pauseMs));
  let token = '';
  let isWatching = false;
  let failuresShown = -1;

  function notice(text: string): void {
    if (element('notice').textContent !== text) element('notice').textContent = text;
  }

  function ask(query: string, accept: string): Promise<Response> {
    const headers = {
      accept,
      'content-type': 'application/json',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    };
    return fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query, variables: { id } }) });
  }

  async function result(query: string): Promise<Result> {
    return (await (await ask(query, 'application/json')).json()) as Result;
  }

  /** Tells what is wrong; whether it makes no sense to ask again. */
  function refused({ errors = [] }: Result): boolean {
    const [error] = errors;
    if (!error) return false;
    const code = error.extensions?.code ?? '';
    notice(error.message);
    if (code === 'UNAUTHENTICATED') {
      token = '';
      element('sign-in').hidden = false;
    }
    return ['UNAUTHENTICATED', 'NOT_FOUND', 'INVALID_INPUT', 'QUERY_NOT_IN_SAFELIST'].includes(code);
  }

  // oxlint-disable-next-line unicorn/consistent-function-scoping -- In the browser there is nothing outside.
  function cell(text: string): PageElement {
    const made = document.createElement('td');
    made.textContent = text;
    return made;
  }

  async function showFailures({ counts }: Job): Promise<void> {
    const failures = (counts['invalid'] ?? 0) + (counts['failed'] ?? 0) + (counts['unknown'] ?? 0);
    if (failures === failuresShown) return;
    failuresShown = failures;
    element('failures').hidden = failures === 0;
    const { data } = failures === 0 ? {} : await result(documents.failed);
    const rows = (data?.node?.rows.edges ?? []).map(({ node }) => {
      const row = document.createElement('tr');
      const place = node.line === null ? String(node.position) : `line ${node.line}`;
      row.append(cell(place), cell(node.outcome), cell(node.error?.message ?? ''));
      return row;
    });
    element('failed').replaceChildren(...rows);
  }

  /** Shows a job; whether it has ended. */
  function show(job: Job): boolean {
    const { total = 0, waiting = 0, ...others } = job.counts;
    const hasEnded = !['QUEUED', 'RUNNING', 'CANCELLING'].includes(job.state);
    notice('');
    element('sign-in').hidden = true;
    element('job').hidden = false;
    element('title').textContent = job.operation + (job.dryRun ? ' (dry run)' : '');
    document.title = `${job.state}: ${job.operation}`;
    element('state').textContent = job.state;
    element('reason').textContent = job.reason ?? job.error?.message ?? '';
    element('bar').max = Math.max(1, total);
    element('bar').value = hasEnded ? Math.max(1, total) : total - waiting;
    const end = job.estimatedEnd === null ? '' : `, until ${new Date(job.estimatedEnd).toLocaleTimeString()}`;
    element('pace').textContent =
      `${total - waiting} of ${total} rows` +
      (hasEnded ? '' : `, ${job.rowsPerSecond.toFixed(1)} a second${end}`);
    const terms = Object.entries({ waiting, ...others }).filter(([, count]) => count > 0);
    element('counts').replaceChildren(
      ...terms.map(([name, count]) => {
        const group = document.createElement('div');
        const term = document.createElement('dt');
        const description = document.createElement('dd');
        term.textContent = name;
        description.textContent = String(count);
        group.append(term, description);
        return group;
      }),
    );
    element('cancel').hidden = hasEnded;
    element('cancel').disabled = job.state === 'CANCELLING';
    const again = (others['failed'] ?? 0) + (others['unknown'] ?? 0) + (others['cancelled'] ?? 0);
    // Of no other state, retryJob takes a job. Without results, an export is made anew.
    const isRetried = ['COMPLETED', 'CANCELLED', 'FAILED'].includes(job.state);
    element('retry').hidden = !isRetried || (again === 0 && job.csv !== null);
    for (const format of ['csv', 'ndjson'] as const) {
      element(format).hidden = job[format] === null;
      if (job[format] !== null) element(format).href = new URL(job[format], endpoint).href;
    }
    // What failed to be shown is shown with the next event.
    showFailures(job).catch(() => {
      failuresShown = -1;
    });
    return hasEnded;
  }

  /** Shows a job by its events; whether there is nothing more to wait for. */
  async function follow(): Promise<boolean> {
    const response = await ask(documents.watch, 'text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    let isOver = false;
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) return isOver;
      text += value;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, data] = /^event: next\ndata: (.*)$/.exec(event) ?? [];
        if (data === undefined) continue;
        const next = JSON.parse(data) as Result;
        isOver = next.data?.jobProgress ? show(next.data.jobProgress) : refused(next);
      }
    }
  }

  /** The same by asking. */
  async function look(): Promise<boolean> {
    const found = await result(documents.look);
    if (found.data?.node) return show(found.data.node);
    if (found.errors) return refused(found);
    notice('There is no such job.');
    return true;
  }

  async function watch(): Promise<void> {
    if (isWatching) return;
    isWatching = true;
    for (let isOver = false; !isOver; ) {
      try {
        isOver = await follow();
        isOver ||= await look();
      } catch {
        isOver = await look().catch(() => {
          notice('The gateway does not answer. This page goes on when it does.');
          return false;
        });
      }
      if (!isOver) await pause();
    }
    isWatching = false;
  }

  function onClick(name: 'cancel' | 'retry', question: string): void {
    element(name).addEventListener('click', () => {
      if (!confirm(question)) return;
      result(documents[name])
        .then(answer => {
          const message = answer.data?.result?.message ?? answer.errors?.[0]?.message;
          if (message !== undefined) notice(message);
          else failuresShown = -1;
          return watch();
        })
        .catch(() => notice('The gateway does not answer. Try again.'));
    });
  }

  onClick('cancel', 'Cancel this job? Rows that are under way are performed to their end.');
  onClick('retry', 'Perform the rows again that did not succeed?');
  element('sign-in').addEventListener('submit', event => {
    event.preventDefault();
    token = String(element('token').value).trim();
    element('token').value = '';
    void watch();
  });
  if (needsToken) element('sign-in').hidden = false;
  else void watch();
}
