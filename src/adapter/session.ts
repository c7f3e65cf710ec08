/** One AWS service during one GraphQL request: inputs of this API in, objects of this API or its errors out. */
import type { AttemptListener } from '../aws/attempts.ts';
import type { AwsClient } from '../aws/client.ts';
import type { Caller } from '../aws/transport.ts';
import { type InputIssue, ProviderFailureError } from '../errors.ts';
import { type Diagnosis, diagnosisOf } from './diagnosis.ts';
import { type ApiOutput, fromAws } from './members.ts';
import type { AwsOperation } from './operation.ts';
import { checkedRequest, type InputOf } from './request.ts';
import { type FailedCall, translate } from './translation.ts';

/** What the adapter knows of a call and AWS's model does not tell. */
export interface CallContext extends Pick<FailedCall, 'missing' | 'conflict'> {
  /** What is wrong with the input by rules that the model does not state; reported together with the rest. */
  readonly issues?: readonly InputIssue[];
}

/** Is told what calls come to, beside their results. */
export interface CallListener {
  /** Something was changed, so that what was read before must not be taken for the present. */
  changed(): void;
  /** A call failed, and not because AWS refused it. */
  failed(diagnosis: Diagnosis): void;
  /** Hears of attempts and waits; absent when nobody wants to. */
  readonly attempts: AttemptListener | undefined;
}

export class AwsSession {
  readonly #client: AwsClient;
  readonly #listener: CallListener;
  readonly #caller: Caller | undefined;

  constructor(client: AwsClient, listener: CallListener, caller?: Caller) {
    this.#client = client;
    this.#listener = listener;
    this.#caller = caller;
  }

  /**
   * Checks an input, sends it and reads the answer.
   *
   * @param read Makes the result out of the answer; see {@link told} for members that it cannot do without.
   * @throws ApiError: InvalidInputError for what AWS would refuse, before it is sent; otherwise what the service's
   * exceptions and `context` say.
   */
  call<Request extends object, Response>(
    operation: AwsOperation<Request, Response>,
    input: InputOf<AwsOperation<Request, Response>>,
    context?: CallContext,
  ): Promise<ApiOutput<Response>>;
  call<Request extends object, Response, Result>(
    operation: AwsOperation<Request, Response>,
    input: InputOf<AwsOperation<Request, Response>>,
    context: CallContext,
    read: (answer: ApiOutput<Response>) => Result,
  ): Promise<Result>;
  async call<Request extends object, Response>(
    operation: AwsOperation<Request, Response>,
    input: InputOf<AwsOperation<Request, Response>>,
    { issues, ...context }: CallContext = {},
    read?: (answer: ApiOutput<Response>) => unknown,
  ): Promise<unknown> {
    const { command, effect, service, response } = operation;
    const request = checkedRequest(operation, input, issues);
    try {
      const options = {
        repeatable: effect !== 'change',
        reads: effect === 'read',
        caller: this.#caller,
        listener: this.#listener.attempts,
      };
      const output = await this.#client.send(new command(request), options);
      const answer = fromAws(service.model, response, output) as ApiOutput<Response>;
      return read ? read(answer) : answer;
    } catch (error) {
      const known = translate(error, { ...context, service, effect, keyed: input.idempotencyKey != null });
      if (known instanceof ProviderFailureError) {
        this.#listener.failed(diagnosisOf(operation, error as Error));
      }
      throw known;
    } finally {
      // Whatever came of it: a change whose answer was lost may have been made.
      if (effect !== 'read') this.#listener.changed();
    }
  }
}
