/** One AWS service during one GraphQL request: inputs of this API in, objects of this API or its errors out. */
import type { Principal } from '../auth/principal.ts';
import type { AttemptListener } from '../aws/attempts.ts';
import type { AwsClient, SendOptions } from '../aws/client.ts';
import type { AwsFailure, Deadline } from '../aws/failure.ts';
import type { Caller } from '../aws/transport.ts';
import { type InputIssue, ProviderFailureError } from '../errors.ts';
import { type Auditor, endOfFailed, type IntendedChange, Taken } from './audited.ts';
import { type Diagnosis, diagnosisOf } from './diagnosis.ts';
import { type ApiOutput, fromAws } from './members.ts';
import type { AwsOperation, Effect } from './operation.ts';
import { checkReach } from './reach.ts';
import { checkedRequest, type InputOf } from './request.ts';
import { isLost, isSettled, type Settled, type Settling, settle } from './settling.ts';
import {
  conflictOf,
  type FailedCall,
  isVerdict,
  mayHelp,
  meaningOfFailure,
  translate,
} from './translation.ts';

/** What the adapter knows of a call and AWS's model does not tell. */
export interface CallContext<Request extends object = never, Response = unknown>
  extends Pick<FailedCall, 'missing' | 'conflict' | 'words' | 'beforeChange'> {
  /** What is wrong with the input by rules that the model does not state; reported together with the rest. */
  readonly issues?: readonly InputIssue[];
  /** How a change is looked for whose answer was lost. */
  readonly settling?: Settling<AwsOperation<Request, Response>> | undefined;
}

/** What decides about the calls of a session, beside their operations. */
export interface SessionOptions {
  /** Who may reach what. */
  readonly principal: Principal;
  /** Who waits for the answers. */
  readonly caller?: Caller | undefined;
  /** When reads are given up. */
  readonly deadline?: Deadline | undefined;
  /** How long it may take to find out what became of a change whose answer was lost; 0 for not at all. */
  readonly settleTimeoutMs: number;
  /** Whether what is read decides about a change. */
  readonly decides?: boolean;
  /** Takes down the changes. */
  readonly auditor?: Auditor | undefined;
}

/** Is told what calls come to, beside their results. */
export interface CallListener extends AttemptListener {
  /** What calls carry for whoever traces them on their way. */
  readonly traceparent: string | undefined;
  /** The world of a local AWS that they are for, if the caller names one. */
  readonly world: string | undefined;
  /** Something was changed, so that what was read before must not be taken for the present. */
  changed(): void;
  /** A call failed, and not because AWS refused it. */
  failed(diagnosis: Diagnosis): void;
}

export class AwsSession {
  readonly #client: AwsClient;
  readonly #principal: Principal;
  readonly #listener: CallListener;
  readonly #caller: Caller | undefined;
  readonly #deadline: Deadline | undefined;
  readonly #settleTimeoutMs: number;
  readonly #decides: boolean;
  readonly #auditor: Auditor | undefined;

  constructor(client: AwsClient, listener: CallListener, options: SessionOptions) {
    const { principal, caller, deadline, settleTimeoutMs, decides = false, auditor } = options;
    this.#client = client;
    this.#principal = principal;
    this.#listener = listener;
    this.#caller = caller;
    this.#deadline = deadline;
    this.#settleTimeoutMs = settleTimeoutMs;
    this.#decides = decides;
    this.#auditor = auditor;
  }

  /**
   * Checks an input and what it reaches, sends it and reads the answer.
   *
   * @param read Makes the result out of the answer; see {@link told} for members that it cannot do without.
   * @throws ApiError: InvalidInputError for what AWS would refuse, before it is sent; otherwise what the service's
   * exceptions and `context` say.
   */
  call<Request extends object, Response>(
    operation: AwsOperation<Request, Response>,
    input: InputOf<AwsOperation<Request, Response>>,
    context?: CallContext<Request, Response>,
  ): Promise<ApiOutput<Response>>;
  call<Request extends object, Response, Result>(
    operation: AwsOperation<Request, Response>,
    input: InputOf<AwsOperation<Request, Response>>,
    context: CallContext<Request, Response>,
    read: (answer: ApiOutput<Response>) => Result,
  ): Promise<Result>;
  async call<Request extends object, Response>(
    operation: AwsOperation<Request, Response>,
    input: InputOf<AwsOperation<Request, Response>>,
    { issues, settling, ...context }: CallContext<Request, Response> = {},
    read?: (answer: ApiOutput<Response>) => unknown,
  ): Promise<unknown> {
    const { command, effect, service, response } = operation;
    const request = checkedRequest(operation, input, issues);
    checkReach(this.#principal, operation, request);
    const change = effect === 'read' || !this.#auditor ? undefined : await this.#intend(operation, request);
    const sentAt = Date.now();
    let lost = false;
    let awsRequestId: string | undefined;
    try {
      let answer: ApiOutput<Response>;
      try {
        const output = await this.#client.send(new command(request), this.#optionsOf(effect));
        awsRequestId = requestIdOf(output);
        answer = fromAws(service.model, response, output, this.#decides) as ApiOutput<Response>;
      } catch (error) {
        if (!isSettled(effect) || this.#settleTimeoutMs === 0 || !isLost(error)) throw error;
        lost = true;
        const settled = await this.#settle(operation, { request, input, settling, sentAt, failure: error });
        ({ answer, awsRequestId } = settled);
      }
      const result = read ? read(answer) : answer;
      if (change) await change.cameTo({ outcome: 'success', settled: lost, answer, awsRequestId });
      return result;
    } catch (error) {
      const call = { ...context, service, effect, keyed: input.idempotencyKey != null };
      const known = error instanceof Taken ? conflictOf(call) : translate(error, call);
      if (known instanceof ProviderFailureError) {
        this.#listener.failed(diagnosisOf(operation, error as Error));
      }
      if (change) await change.cameTo(endOfFailed(known, lost, awsRequestId));
      throw known;
    } finally {
      // Whatever came of it: a change whose answer was lost may have been made.
      if (effect !== 'read') this.#listener.changed();
    }
  }

  /** Has a change taken down that is about to be sent. */
  async #intend(operation: AwsOperation, request: object): Promise<IntendedChange | undefined> {
    try {
      return await this.#auditor?.intend(operation, request);
    } catch (error) {
      const { name, service } = operation;
      this.#listener.failed({ provider: service.provider, operation: name, failure: 'notAudited' });
      throw new ProviderFailureError({
        message: `${service.name} was not called, because this gateway cannot write its audit trail. Nothing was changed.`,
        retryable: true,
        cause: error,
      });
    }
  }

  /** For the reads that settle a change, which goes on to its end. */
  #forLooking(): AwsSession {
    return new AwsSession(this.#client, this.#listener, {
      principal: this.#principal,
      caller: this.#caller,
      settleTimeoutMs: this.#settleTimeoutMs,
      decides: true,
    });
  }

  #optionsOf(effect: Effect): SendOptions {
    const listener = this.#listener;
    return {
      repeatable: effect !== 'change',
      reads: effect === 'read',
      principal: this.#principal.id,
      caller: this.#caller,
      deadline: effect === 'read' ? this.#deadline : undefined,
      listener,
      traceparent: listener.traceparent,
      world: listener.world,
    };
  }

  /** The answer to a change whose own was lost, in the end. */
  async #settle<Request extends object, Response>(
    operation: AwsOperation<Request, Response>,
    { request, input, settling, sentAt, failure }: LostCall<Request, Response>,
  ): Promise<SettledCall<Response>> {
    const { command, effect, service, response } = operation;
    this.#listener.failed(diagnosisOf(operation, failure));
    const options = this.#optionsOf(effect);
    const settled: Settled<Response, ApiOutput<Response>> = await settle({
      effect,
      failure,
      sentAt: sentAt + this.#client.clockAheadMs,
      timeoutMs: this.#settleTimeoutMs,
      send: () => this.#client.send(new command(request), options),
      look: settling && (since => settling.look(this.#forLooking(), input, since)),
      mayHelp: last => mayHelp(last, service),
      isVerdict: last => isVerdict(last, service),
      isProof: last => settling?.proof !== undefined && settling.proof === meaningOfFailure(last, service),
    });
    if ('output' in settled) {
      const answer = fromAws(service.model, response, settled.output) as ApiOutput<Response>;
      return { answer, awsRequestId: requestIdOf(settled.output) };
    }
    if (settled.state === 'taken') throw new Taken();
    return { answer: settled.answer };
  }
}

interface LostCall<Request extends object, Response> {
  readonly request: Request;
  readonly input: InputOf<AwsOperation<Request, Response>>;
  readonly settling: CallContext<Request, Response>['settling'];
  readonly sentAt: number;
  readonly failure: AwsFailure;
}

interface SettledCall<Response> {
  readonly answer: ApiOutput<Response>;
  readonly awsRequestId?: string | undefined;
}

/** The id that AWS gave to a call, as the SDK keeps it beside the answer. */
function requestIdOf(output: unknown): string | undefined {
  return (output as { readonly $metadata?: { readonly requestId?: string } }).$metadata?.requestId;
}
