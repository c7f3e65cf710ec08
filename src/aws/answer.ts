/** Reads what comes as an answer of AWS, and tells whether it is one. */
import { ServiceException } from '@smithy/core/client';
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { ClientProtocol, MetadataBearer, OperationSchema } from '@smithy/types';
import { withoutOddTimes } from './odd-times.ts';
import type { Route } from './route.ts';
import { isWord } from './words.ts';

type Protocol = ClientProtocol<HttpRequest, HttpResponse>;

/**
 * The output in an answer. Whoever asks for a time in it that is none is told so: it must not hide what is beside it.
 *
 * @throws Error: AWS's exception, or what is wrong with what is no answer of AWS.
 */
export async function readAnswer(
  protocol: Protocol,
  schema: OperationSchema,
  { context }: Route,
  response: HttpResponse,
): Promise<MetadataBearer> {
  let output: MetadataBearer;
  try {
    output = await protocol.deserializeResponse(schema, context, response);
  } catch (error) {
    const mended =
      error instanceof ServiceException ? undefined : withoutOddTimes(schema.output, response.body);
    if (!mended) throw error;
    const body = Buffer.from(mended.json);
    output = await protocol.deserializeResponse(schema, context, Object.assign(response, { body }));
    mended.mark(output);
  }
  if (!isOfAws(output)) throw new Error('The answer is not of the service.');
  return output;
}

/**
 * Puts an answer into the error that came of it, where the SDK's retry and clock-skew code look for it, as its middleware
 * leaves it.
 *
 * @returns Whether the error is an exception of AWS's.
 */
export function markAnswer(error: Error, response: HttpResponse): boolean {
  const isException = ServiceException.isInstance(error) && isWord(error.name) && isOfAws(error);
  Object.defineProperty(error, '$response', { value: response, enumerable: false });
  if (!isException) Object.assign(error, { $metadata: { httpStatusCode: response.statusCode } });
  return isException;
}

/**
 * Whether an answer is of AWS, and not of something on the way, which knows nothing of what AWS did. AWS gives each answer an
 * id, successes and exceptions alike, and so do other implementations of its endpoints (moto, LocalStack), whatever content type
 * they name (moto: text/html). The body tells nothing: where AWS has nothing to say it is `{}`, or none, and a proxy may answer
 * in the form of AWS's exceptions.
 */
function isOfAws({ $metadata: { requestId } }: MetadataBearer): boolean {
  return isWord(requestId);
}
