import { randomUUID } from 'node:crypto';
import type { AwsException } from '../exception.ts';
import { parseInput } from './json.ts';
import type { ServiceModel } from './model.ts';
import type { Protocol, WireAnswer } from './protocol.ts';

const headers = { 'content-type': 'application/x-amz-json-1.1' };

/**
 * AWS JSON 1.1: the operation is named by the X-Amz-Target header, everything else is in the body.
 *
 * The model's `httpError` statuses play no part here: live Identity Store logs show 400 for exceptions that
 * the model marks 404 and 409. What does hold, for Rekognition's documentation too, is 400 when the client
 * is at fault and 500 when the server is.
 */
export function awsJson(targetPrefix: string, model: ServiceModel): Protocol {
  const prefix = `${targetPrefix}.`;
  return {
    operations: new Set(model.operations.keys()),
    route({ method, path, target }) {
      if (method !== 'POST' || path !== '/' || !target?.startsWith(prefix)) return undefined;
      const name = target.slice(prefix.length);
      return { name, model: model.operations.get(name) };
    },
    input: ({ body }, { model: operation }) => (operation ? parseInput(body, operation.input) : {}),
    success: (_route, output) => ({ status: 200, headers, body: JSON.stringify(output) }),
    failure(exception, requestId, status) {
      const modelled = model.exceptions.get(exception.name);
      const usual = modelled?.fault === 'server' ? 500 : (unmodelled.get(exception.name) ?? 400);
      // Rekognition repeats the name as Code and adds the id of its log's entry, the Identity Store repeats the
      // request id, where the model has them.
      const repeated = {
        ...(modelled?.members.has('Code') && { Code: exception.name }),
        ...(modelled?.members.has('Logref') && { Logref: randomUUID() }),
        ...(modelled?.members.has('RequestId') && { RequestId: requestId }),
      };
      return awsJsonFailure(exception, status ?? usual, repeated);
    },
  };
}

/** Statuses of the exceptions that AWS's front end answers with, whatever the service. */
const unmodelled: ReadonlyMap<string, number> = new Map([
  ['InternalFailure', 500],
  ['MissingAuthenticationTokenException', 403],
]);

/** Both services spell it "Message"; every SDK accepts that and "message". */
export function awsJsonFailure(
  { name, message, members }: AwsException,
  status: number,
  repeated: object = {},
): WireAnswer {
  return {
    status,
    headers,
    body: JSON.stringify({ __type: name, ...repeated, Message: message, ...members }),
  };
}
