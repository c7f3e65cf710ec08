/** What is remembered of the calls of a change that has a key, so that a repeat of the change does not make them again. */
import type { AwsFailure } from '../aws/failure.ts';
import type { AwsOperation } from './operation.ts';

/** Remembers the calls of one change. */
export interface CallMemory {
  /**
   * Finds what is known of a call.
   *
   * @param request In AWS's words.
   * @returns Undefined for a call that is not remembered: most of those that only read.
   * @throws ApiError when it must not be made.
   */
  recall(operation: AwsOperation, request: object): RememberedCall | undefined;
}

/** A call, as it is remembered. */
export interface RememberedCall {
  /** What came of it; absent while nobody knows, or before it is made. */
  readonly outcome: CallOutcome | undefined;
  /** When it was sent first by somebody who never told what came of it. */
  readonly lostSince: number | undefined;
  /**
   * Remembers that it is about to be sent.
   *
   * @param sentAt By AWS's clock, as far as it is known.
   * @throws ApiError when it cannot; then it must not be sent.
   */
  enter(sentAt: number): Promise<void>;
  /**
   * Says just before each sending whether it may be sent yet; absent where it may. One that was lost is looked for first, in
   * whatever way it would be sent again.
   *
   * @throws ApiError when it must not be.
   */
  readonly allow?: (() => Promise<void>) | undefined;
  /** Remembers what came of it. Never fails: without it, a repeat looks at AWS. */
  settle(outcome: CallOutcome): Promise<void>;
  /** Forgets it: it certainly did nothing, and may do something another time. Never fails. */
  forget(): Promise<void>;
}

/** What came of a call for good. */
export type CallOutcome =
  /** AWS performed it; what its answer told in ids, in this API's words. */
  | { readonly answer: unknown }
  /** AWS refused it. */
  | { readonly refusal: RememberedRefusal }
  /** Something of somebody else's was there already. */
  | { readonly taken: true };

/** Those facts of AWS's exception that errors of this API are made of. */
export interface RememberedRefusal {
  readonly name: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly members: Readonly<Record<string, string>>;
}

/** The members of exceptions that tell ids and words of enums. */
const members = ['RequestId', 'Reason', 'ResourceType', 'ResourceId'] as const;

/** What is remembered of a refusal. */
export function refusalIn({ exception, status, requestId }: AwsFailure): RememberedRefusal | undefined {
  if (!exception) return undefined;
  const held = exception as unknown as Readonly<Record<string, unknown>>;
  const texts = members.flatMap(name => (typeof held[name] === 'string' ? [[name, held[name]]] : []));
  return { name: exception.name, status, requestId, members: Object.fromEntries(texts) };
}

/** The exception again, for whoever makes an error of it. */
export function exceptionOf({ name, status, requestId, members: held }: RememberedRefusal): Error {
  return Object.assign(new Error('AWS refused it before.'), {
    ...held,
    name,
    $metadata: { httpStatusCode: status, requestId },
  });
}
