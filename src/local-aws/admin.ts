import * as z from 'zod';
import { AwsException } from './exception.ts';
import { type Fault, type Faults, InvalidFaultError } from './faults.ts';
import { parseJson } from './protocols/json.ts';
import type { WireAnswer, WireRequest } from './protocols/protocol.ts';
import type { RequestJournal } from './request-journal.ts';
import { InvalidQuotasError, type Throttle } from './throttle.ts';

/** Everything under this path is about local AWS itself; AWS has nothing there. */
export const adminPrefix = '/_local-aws/';

export interface Administered {
  readonly faults: Faults;
  readonly throttle: Throttle;
  readonly requests: RequestJournal;
  reset(): void;
}

type Endpoint = (request: WireRequest, local: Administered) => WireAnswer;

const endpoints: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  health: { GET: () => json(200, { status: 'ok' }) },
  faults: {
    GET: (_request, { faults }) => json(200, { faults: faults.list() }),
    POST: addFault,
    DELETE: (_request, { faults }) => {
      faults.clear();
      return json(200, { faults: [] });
    },
  },
  quotas: {
    POST: setQuotas,
    DELETE: (_request, { throttle }) => {
      throttle.set('off');
      return json(200, { status: 'ok' });
    },
  },
  requests: {
    GET: (_request, { requests }) => json(200, { requests: requests.list() }),
    DELETE: (_request, { requests }) => {
      requests.clear();
      return json(200, { requests: [] });
    },
  },
  reset: {
    POST: (_request, local) => {
      local.reset();
      return json(200, { status: 'ok' });
    },
  },
};

/**
 * A POST must be declared as JSON: a web page on another site cannot send that without a preflight request,
 * which nobody answers here, so visiting a page never changes local AWS.
 */
export function administer(request: WireRequest, contentType: string, local: Administered): WireAnswer {
  const name = request.path.slice(adminPrefix.length);
  const methods = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
  if (!methods) {
    return json(404, { message: `There is only ${Object.keys(endpoints).join(', ')} under ${adminPrefix}` });
  }
  const endpoint = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!endpoint) {
    const allow = Object.keys(methods).join(', ');
    return json(405, { message: `${name} takes ${allow}` }, { allow });
  }
  if (
    request.method === 'POST' &&
    contentType.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json'
  ) {
    return json(415, { message: 'Send it with content-type: application/json' });
  }
  return endpoint(request, local);
}

function addFault({ body }: WireRequest, { faults }: Administered): WireAnswer {
  try {
    return json(201, { id: faults.add(parseJson(body) as Fault) });
  } catch (error) {
    if (!(error instanceof AwsException || error instanceof InvalidFaultError)) throw error;
    return json(400, { message: error.message });
  }
}

function setQuotas({ body }: WireRequest, { throttle }: Administered): WireAnswer {
  try {
    const { quotas } = quotasSchema.parse(parseJson(body));
    throttle.set(quotas);
    return json(200, { status: 'ok' });
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { message: 'quotas: must be a string in an object' });
    if (!(error instanceof AwsException || error instanceof InvalidQuotasError)) throw error;
    return json(400, { message: error.message });
  }
}

const quotasSchema = z.strictObject({ quotas: z.string() });

function json(status: number, value: object, headers: Record<string, string> = {}): WireAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
