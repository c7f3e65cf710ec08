/** Server-sent events as clients of subscriptions read them. */
import type { Answer } from './gateway.ts';

export interface ServerEvent {
  /** `comment` for a line that keeps the connection alive. */
  readonly event: string;
  readonly data: Answer | undefined;
}

export interface EventStream {
  readonly status: number;
  readonly headers: Headers;
  /** What came so far. */
  readonly events: readonly ServerEvent[];
  /** What came of the stream: how it ended. */
  readonly end: Promise<'ended' | 'broken'>;
  leave(): void;
}

interface Asked {
  readonly query: string;
  readonly variables?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'POST';
}

/** Subscribes, and reads what comes. */
export async function subscribe(
  { url }: { readonly url: string },
  { query, variables = {}, headers = {}, method = 'POST' }: Asked,
): Promise<EventStream> {
  const left = new AbortController();
  const parameters = { query, variables: JSON.stringify(variables) };
  const isGet = method === 'GET';
  const response = await fetch(
    `${url}/graphql${isGet ? `?${new URLSearchParams(parameters).toString()}` : ''}`,
    {
      method,
      headers: {
        accept: 'text/event-stream',
        ...(!isGet && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(!isGet && { body: JSON.stringify({ query, variables }) }),
      signal: left.signal,
    },
  );
  const events: ServerEvent[] = [];
  return {
    status: response.status,
    headers: response.headers,
    events,
    end: read(response, events),
    leave: () => left.abort(),
  };
}

async function read({ body }: Response, events: ServerEvent[]): Promise<'ended' | 'broken'> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body as ReadableStream<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      events.push(...blocks.map(eventIn));
    }
    return 'ended';
  } catch {
    return 'broken';
  }
}

function eventIn(block: string): ServerEvent {
  if (block === ':') return { event: 'comment', data: undefined };
  const [, event = '', data = ''] = /^event: (.*)\ndata: ?(.*)$/.exec(block) ?? [];
  return { event, data: data === '' ? undefined : (JSON.parse(data) as Answer) };
}

/** The events without the comments. */
export function told({ events }: Pick<EventStream, 'events'>): readonly ServerEvent[] {
  return events.filter(({ event }) => event !== 'comment');
}
