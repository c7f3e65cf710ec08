import * as z from 'zod';
import identityStore from '../aws/models/identitystore.json' with { type: 'json' };
import { shapeOf } from '../aws/models/shapes.ts';
import { AwsException } from './exception.ts';
import { type Fault, InvalidFaultError } from './faults.ts';
import { parseJson } from './protocols/json.ts';
import type { WireAnswer, WireRequest } from './protocols/protocol.ts';
import { seedNames } from './seed-names.ts';
import { InvalidQuotasError } from './throttle.ts';
import { type AdministeredWorld, InvalidWorldError, type Worlds } from './worlds.ts';

/** Everything under this path is about local AWS itself; AWS has nothing there. */
export const adminPrefix = '/_local-aws/';

export interface Administered {
  /** The world that the request names; undefined when there is none of that name. */
  readonly world: AdministeredWorld | undefined;
  readonly worlds: Worlds;
}

/** What an endpoint works on: `name` is what follows it in the path. */
interface Asked extends Administered {
  readonly world: AdministeredWorld;
  readonly name: string;
}

type Endpoint = (request: WireRequest, asked: Asked) => WireAnswer;

const done = { status: 'ok' };

const endpoints: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  health: { GET: () => json(200, done) },
  clock: {
    GET: (_request, { world }) => clockAnswer(world),
    POST: ({ body }, { world }) => {
      const { now, advanceMs = 0, stopped } = read(clockSchema, body);
      world.clock.set(now === undefined ? world.clock.now() : new Date(now), stopped);
      world.clock.advance(advanceMs);
      return clockAnswer(world);
    },
    DELETE: (_request, { world }) => {
      world.clock.reset();
      return clockAnswer(world);
    },
  },
  faults: {
    GET: (_request, { world }) => json(200, { faults: world.faults.list() }),
    POST: ({ body }, { world }) => json(201, { id: world.faults.add(parseJson(body) as Fault) }),
    DELETE: (_request, { world }) => {
      world.faults.clear();
      return json(200, { faults: [] });
    },
  },
  quotas: {
    POST: ({ body }, { world }) => {
      world.throttle.set(read(quotasSchema, body).quotas);
      return json(200, done);
    },
    DELETE: (_request, { world }) => {
      world.throttle.set('off');
      return json(200, done);
    },
  },
  requests: {
    GET: (_request, { world }) => json(200, { requests: world.requests.list() }),
    DELETE: (_request, { world }) => {
      world.requests.clear();
      return json(200, { requests: [] });
    },
  },
  reset: {
    POST: ({ body }, { world }) => {
      world.reset(body.length === 0 ? undefined : read(resetSchema, body).seed);
      return json(200, done);
    },
  },
  worlds: {
    GET: (_request, { worlds }) => json(200, { worlds: worlds.names() }),
    POST: ({ body }, { worlds }) =>
      json(201, { name: worlds.create(body.length === 0 ? {} : read(worldSchema, body)) }),
    DELETE: (_request, { worlds, name }) => {
      if (name === '') worlds.deleteAll();
      else if (!worlds.delete(name)) return noWorld();
      return json(200, { worlds: worlds.names() });
    },
  },
};

const storeId = z
  .string()
  .refine(
    value => shapeOf(identityStore, 'IdentityStoreId').safeParse(value).success,
    'must be "d-" and ten hexadecimal digits, or a UUID, in lower case',
  );

const seed = z.enum(seedNames).optional();
const quotasSchema = z.strictObject({ quotas: z.string() });
const resetSchema = z.strictObject({ seed });
const worldSchema = z.strictObject({
  name: z.string().optional(),
  seed,
  identityStores: z.array(storeId).max(100).optional(),
});
const clockSchema = z.strictObject({
  /** ISO 8601. */
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.int().optional(),
  stopped: z.boolean().optional(),
});

/**
 * A POST must be declared as JSON: a web page on another site cannot send that without a preflight request,
 * which nobody answers here, so visiting a page never changes local AWS.
 */
export function administer(
  request: WireRequest,
  contentType: string,
  { world, worlds }: Administered,
): WireAnswer {
  const [endpointName = '', name = ''] = request.path.slice(adminPrefix.length).split('/', 2);
  const methods = Object.hasOwn(endpoints, endpointName) ? endpoints[endpointName] : undefined;
  if (!methods || (name !== '' && endpointName !== 'worlds')) {
    return json(404, { message: `There is only ${Object.keys(endpoints).join(', ')} under ${adminPrefix}` });
  }
  const endpoint = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!endpoint) {
    const allow = Object.keys(methods).join(', ');
    return json(405, { message: `${endpointName} takes ${allow}` }, { allow });
  }
  if (
    request.method === 'POST' &&
    contentType.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json'
  ) {
    return json(415, { message: 'Send it with content-type: application/json' });
  }
  if (!world) return noWorld();
  try {
    return endpoint(request, { world, worlds, name });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return json(400, { message: error.message });
  }
}

function isRefusal(error: unknown): error is Error {
  return [AwsException, InvalidBodyError, InvalidFaultError, InvalidQuotasError, InvalidWorldError].some(
    kind => error instanceof kind,
  );
}

function noWorld(): WireAnswer {
  return json(404, { message: 'There is no world of that name' });
}

function clockAnswer({ clock }: AdministeredWorld): WireAnswer {
  return json(200, { now: clock.now().toISOString(), stopped: clock.stopped });
}

class InvalidBodyError extends Error {
  override readonly name = 'InvalidBodyError';
}

/** @throws InvalidBodyError with all that is wrong with it */
function read<Shape extends z.ZodType>(shape: Shape, body: Buffer): z.output<Shape> {
  const result = shape.safeParse(parseJson(body));
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the body'}: ${message}`,
  );
  throw new InvalidBodyError(issues.join('; '));
}

function json(status: number, value: object, headers: Record<string, string> = {}): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}
