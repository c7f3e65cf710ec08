/** One AWS service during one GraphQL request: inputs of this API in, objects of this API or its errors out. */
import type { Principal } from '../auth/principal.ts';
import type { AttemptListener } from '../aws/attempts.ts';
import type { AwsClient, SendOptions } from '../aws/client.ts';
import { AwsFailure, type Deadline, Interrupted } from '../aws/failure.ts';
import type { Caller } from '../aws/transport.ts';
import { ApiError, type InputIssue, NotFoundError, ProviderFailureError } from '../errors.ts';
import { type Auditor, endOfFailed, type IntendedChange, Taken } from './audited.ts';
import {
  type CallMemory,
  exceptionOf,
  type RememberedCall,
  type RememberedRefusal,
  refusalIn,
} from './call-memory.ts';
import { type Diagnosis, diagnosisOf } from './diagnosis.ts';
import { type ApiOutput, fromAws, type InPlaceOf } from './members.ts';
import type { AwsOperation, Effect } from './operation.ts';
import { checkReach } from './reach.ts';
import { checkedRequest, type InputOf } from './request.ts';
import { isSettled, lossOf, ownWords, type Settled, type Settling, settle } from './settling.ts';
import {
  conflictOf,
  type FailedCall,
  isPassing,
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
  /** The answer with its lists in the order of the request's, where items are told apart by what is not remembered. */
  readonly arranged?: (answer: ApiOutput<Response>) => ApiOutput<Response>;
  /** Reads what the answer to a change told beside ids, for a repeat of the change. */
  readonly reread?: (aws: AwsSession, ids: ApiOutput<Response>) => Promise<ApiOutput<Response>>;
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
  /** Remembers the calls of the change that is performed at present, if it has a key. */
  readonly memory?: (() => CallMemory | undefined) | undefined;
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
  readonly #memory: SessionOptions['memory'];

  constructor(client: AwsClient, listener: CallListener, options: SessionOptions) {
    const { principal, caller, deadline, settleTimeoutMs, decides = false, auditor, memory } = options;
    this.#client = client;
    this.#principal = principal;
    this.#listener = listener;
    this.#caller = caller;
    this.#deadline = deadline;
    this.#settleTimeoutMs = settleTimeoutMs;
    this.#decides = decides;
    this.#auditor = auditor;
    this.#memory = memory;
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
    context: CallContext<Request, Response> = {},
    read?: (answer: ApiOutput<Response>) => unknown,
  ): Promise<unknown> {
    const { commandFor, effect, service, response } = operation;
    const { settling, arranged, reread } = context;
    const request = checkedRequest(operation, input, this.#principal.id, context.issues);
    checkReach(this.#principal, operation, request);
    const remembered = this.#memory?.()?.recall(operation, request);
    const call: FailedCall = {
      missing: context.missing,
      conflict: context.conflict,
      words: context.words,
      beforeChange: context.beforeChange,
      service,
      request: operation.request,
      effect,
      keyed: input.idempotencyKey != null,
      remembered: remembered !== undefined,
      world: this.#listener.world,
    };
    const outcome = remembered?.outcome;
    if (outcome) {
      if ('refusal' in outcome) throw refusedAgain(outcome.refusal, call);
      if ('taken' in outcome) throw conflictOf(call);
      const ids = outcome.answer as ApiOutput<Response>;
      const answer = reread ? await toldAgain(reread(this.#forLooking(false), ids), ids) : ids;
      return read ? read(answer) : answer;
    }
    const lostSince = remembered?.lostSince;
    const isLost = lostSince !== undefined;
    const refused = isLost && effect !== 'change' ? await refusalOf(remembered?.allow) : undefined;
    // What must not be repeated, or may undo what others did since, is looked for first.
    const canLook = isLost && effect === 'idempotentChange' && settling && this.#settleTimeoutMs > 0;
    const asLost = refused || canLook ? 'change' : effect;
    const isLookedFor = isLost && isSettled(asLost);
    if (remembered) {
      if (!isLookedFor) await remembered.allow?.();
      await remembered.enter(Date.now() + this.#client.clockAheadMs);
    }
    const change =
      effect === 'read' || !this.#auditor ? undefined : await this.#intend(operation, request, remembered);
    const sentAt = Date.now();
    let lost = false;
    let awsRequestId: string | undefined;
    const told = (answer: ApiOutput<Response>): Told<Response> => {
      const inOrder = arranged ? arranged(answer) : answer;
      return { answer: inOrder, result: read ? read(inOrder) : inOrder };
    };
    try {
      let end: Told<Response>;
      try {
        if (isLookedFor) throw new AwsFailure('interrupted', new Interrupted());
        const output = await this.#client.send(commandFor(request), this.#optionsOf(effect));
        awsRequestId = requestIdOf(output);
        const inPlaceOf = effect === 'read' && !this.#decides ? this.#tellerOf(operation, call) : undefined;
        end = told(fromAws(service.model, response, output, inPlaceOf) as ApiOutput<Response>);
      } catch (error) {
        const failure = lossOf(error);
        if (!isSettled(asLost) || this.#settleTimeoutMs === 0 || !failure) throw error;
        lost = true;
        end = await this.#settle(operation, {
          request,
          input,
          effect: asLost,
          mayRepeat: !refused && effect === 'idempotentChange',
          settling,
          sentAt: lostSince ?? sentAt + this.#client.clockAheadMs,
          failure,
          allow: remembered?.allow && (() => allowed(remembered, asLost)),
          told,
        });
        ({ awsRequestId } = end);
      }
      const { answer, result } = end;
      // The trail first: whoever repeats a change that is remembered is told, and nothing more is taken down.
      if (change) await change.cameTo({ outcome: 'success', settled: lost, answer, awsRequestId });
      if (remembered) await remembered.settle({ answer });
      return result;
    } catch (thrown) {
      const failure = ownWords(thrown);
      const error = !isLost || isSettled(asLost) ? failure : afterInterruption(failure);
      const known = error instanceof Taken ? conflictOf(call) : translate(error, call);
      if (known instanceof ProviderFailureError) {
        this.#listener.failed(diagnosisOf(operation, error as Error));
      }
      if (change) await change.cameTo(endOfFailed(known, lost, awsRequestId));
      if (remembered) await remember(remembered, error, call);
      // What is not found out is told with the reason why it is not done again.
      throw refused && isUnknown(known) ? refused : known;
    } finally {
      // Whatever came of it: a change whose answer was lost may have been made.
      if (effect !== 'read') this.#listener.changed();
    }
  }

  /** Has an odd member of an answer end as the error of whoever asks for it; the log has the first of a call. */
  #tellerOf(operation: AwsOperation, call: FailedCall): InPlaceOf {
    let told = false;
    return odd => {
      if (!told) this.#listener.failed(diagnosisOf(operation, odd));
      told = true;
      return translate(odd, call);
    };
  }

  /** Has a change taken down that is about to be sent. */
  async #intend(
    operation: AwsOperation,
    request: object,
    remembered: RememberedCall | undefined,
  ): Promise<IntendedChange | undefined> {
    try {
      return await this.#auditor?.intend(operation, request);
    } catch (error) {
      const { name, service } = operation;
      if (remembered?.lostSince === undefined) await remembered?.forget();
      this.#listener.failed({ provider: service.provider, operation: name, failure: 'notAudited' });
      throw new ProviderFailureError({
        message: `${service.name} was not called, because this gateway cannot write its audit trail. Nothing was changed.`,
        retryable: true,
        cause: error,
      });
    }
  }

  /** For the reads that settle a change, which goes on to its end. */
  #forLooking(decides = true): AwsSession {
    return new AwsSession(this.#client, this.#listener, {
      principal: this.#principal,
      caller: this.#caller,
      settleTimeoutMs: this.#settleTimeoutMs,
      decides,
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
    {
      request,
      input,
      effect,
      mayRepeat,
      settling,
      sentAt,
      failure,
      allow,
      told,
    }: LostCall<Request, Response>,
  ): Promise<Told<Response>> {
    const { commandFor, service, response } = operation;
    this.#listener.failed(diagnosisOf(operation, ownWords(failure) as Error));
    const options = this.#optionsOf(effect);
    const settled: Settled<Told<Response>, ApiOutput<Response>> = await settle({
      effect,
      mayRepeat,
      failure,
      sentAt,
      timeoutMs: this.#settleTimeoutMs,
      stopped: this.#client.stopped,
      send: async () => {
        await allow?.();
        const output = await this.#client.send(commandFor(request), options);
        const answer = fromAws(service.model, response, output) as ApiOutput<Response>;
        return { ...told(answer), awsRequestId: requestIdOf(output) };
      },
      look: settling && (since => settling.look(this.#forLooking(), input, since)),
      // What something on the way answers is no refusal of AWS's.
      mayHelp: last => last.isAnothers || mayHelp(last, service),
      isVerdict: last => isVerdict(last, service),
      isProof: last => settling?.proof !== undefined && settling.proof === meaningOfFailure(last, service),
    });
    if ('output' in settled) return settled.output;
    if (settled.state === 'taken') throw new Taken();
    return told(settled.answer);
  }
}

/** What is done again without looking: its refusal must not claim that nothing happened before. */
function afterInterruption(error: unknown): unknown {
  if (!(error instanceof AwsFailure) || error.outcomeUnknown) return error;
  const { kind, cause, trace, host } = error;
  return new AwsFailure(kind, cause, {
    earlier: new AwsFailure('interrupted', new Interrupted()),
    trace,
    host,
  });
}

/** A change that is looked for is sent again only if it was not made: when that is refused, there is nothing of it. */
async function allowed(remembered: RememberedCall, effect: Effect): Promise<void> {
  const refused = await refusalOf(remembered.allow);
  if (!refused) return;
  if (effect === 'change') await remembered.forget();
  throw refused;
}

/** Why something is not allowed, for good; undefined if it is. */
async function refusalOf(allow: RememberedCall['allow']): Promise<ApiError | undefined> {
  try {
    await allow?.();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError && !error.retryable) return error;
    throw error;
  }
}

function isUnknown(known: unknown): boolean {
  return known instanceof ProviderFailureError && known.outcomeUnknown;
}

/** Remembers what came of a call that brought no answer; what nobody knows is left for a repeat to find out. */
async function remember(remembered: RememberedCall, error: unknown, call: FailedCall): Promise<void> {
  if (error instanceof Taken) return remembered.settle({ taken: true });
  if (!(error instanceof AwsFailure) || error.outcomeUnknown) return undefined;
  const refusal = isPassing(error, call) ? undefined : refusalIn(error);
  return refusal ? remembered.settle({ refusal }) : remembered.forget();
}

/** What a change made may be gone again. */
async function toldAgain<Answer>(reread: Promise<Answer>, ids: Answer): Promise<Answer> {
  try {
    return await reread;
  } catch (error) {
    if (error instanceof NotFoundError) return ids;
    throw error;
  }
}

/** A refusal that AWS gave before. */
function refusedAgain(refusal: RememberedRefusal, call: FailedCall): unknown {
  return translate(new AwsFailure('exception', exceptionOf(refusal)), call);
}

interface LostCall<Request extends object, Response> {
  readonly request: Request;
  readonly input: InputOf<AwsOperation<Request, Response>>;
  /** How it is treated: what must not be repeated, like what cannot be. */
  readonly effect: Effect;
  readonly mayRepeat: boolean;
  readonly settling: CallContext<Request, Response>['settling'];
  readonly sentAt: number;
  readonly failure: AwsFailure;
  readonly allow: RememberedCall['allow'];
  /** @throws UnusableAnswer when there is nothing to tell. */
  readonly told: (answer: ApiOutput<Response>) => Told<Response>;
}

/** An answer, and what was made of it. */
interface Told<Response> {
  readonly answer: ApiOutput<Response>;
  readonly result: unknown;
  readonly awsRequestId?: string | undefined;
}

/** The id that AWS gave to a call, as the SDK keeps it beside the answer. */
function requestIdOf(output: unknown): string | undefined {
  return (output as { readonly $metadata?: { readonly requestId?: string } }).$metadata?.requestId;
}
