/** One AWS service as its adapters see it: inputs of this API in, results or the API's errors out. */
import type { InputIssue } from '../errors.ts';
import type { AwsClient } from './client.ts';
import { type OperationContext, translate } from './exceptions.ts';
import { idempotencyKeyIssues } from './idempotency-key.ts';
import { assertValid } from './input.ts';
import { type ApiInput, toRequest } from './members.ts';
import type { AwsOperation } from './operation.ts';

/** What a not-found answer and a conflict mean here. */
export type CallContext = Pick<OperationContext, 'missing' | 'conflict'>;

/** What an operation takes: AWS's request in this API's words, and an idempotency key in any case. */
export type InputOf<Operation> =
  Operation extends AwsOperation<infer Request>
    ? ApiInput<Request> & { readonly idempotencyKey?: string | null | undefined }
    : never;

export class AwsService {
  readonly #client: AwsClient;

  constructor(client: AwsClient) {
    this.#client = client;
  }

  /**
   * Checks an input and sends it.
   *
   * @throws ApiError of the kind that the service's exceptions and `context` give.
   */
  async call<Request extends object, Output>(
    operation: AwsOperation<Request, Output>,
    input: InputOf<AwsOperation<Request, Output>>,
    context?: CallContext,
  ): Promise<Output> {
    return this.send(operation, checked(operation, input), context);
  }

  /** Sends a request that {@link checked} made. @throws ApiError like {@link call}. */
  async send<Request extends object, Output>(
    { service, effect, command }: AwsOperation<Request, Output>,
    request: Request,
    context?: CallContext,
  ): Promise<Output> {
    try {
      return await this.#client.send(new command(request), { repeatable: effect !== 'change' });
    } catch (error) {
      throw translate(error, {
        service: service.name,
        exceptions: service.exceptions,
        changes: effect !== 'read',
        ...context,
      });
    }
  }
}

/**
 * The request for an input.
 *
 * @param further Issues by rules that AWS's model does not state, reported together with the others.
 * @throws InvalidInputError for an input that AWS would refuse.
 */
export function checked<Request extends object>(
  operation: AwsOperation<Request>,
  input: InputOf<AwsOperation<Request>>,
  further: readonly InputIssue[] = [],
): Request {
  const request = toRequest(operation.service.model, operation.request, input) as Request;
  assertValid(operation.shape, request, [
    ...pathIssues(operation, input),
    ...further,
    ...keyIssues(operation, input),
  ]);
  return request;
}

/** Ids that become parts of the URL's path must not be these two, which would lead to another operation. */
function pathIssues({ inPath }: AwsOperation, input: object): InputIssue[] {
  return inPath
    .filter(name => ['.', '..'].includes(String((input as Readonly<Record<string, unknown>>)[name])))
    .map(name => ({ path: [name], message: `${name} must not be "." or "..".` }));
}

/** AWS checks a key that it has a place for; for other operations, the form is the same. */
function keyIssues({ takesKey }: AwsOperation, input: object): InputIssue[] {
  const { idempotencyKey } = input as { readonly idempotencyKey?: string | null };
  return takesKey || idempotencyKey == null ? [] : idempotencyKeyIssues(idempotencyKey);
}
