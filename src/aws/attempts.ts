/** What attempts come to, for whoever counts, logs or judges them. It holds nothing of inputs and answers. */
import type { FailureKind } from './failure.ts';

/** One attempt of a call, when it has ended. */
export interface AttemptEnd {
  /** The service's id in the SDK: "Chime SDK Identity". */
  readonly service: string;
  /** AWS's name of the operation, such as `CreateUser`. */
  readonly operation: string;
  /** 1 for the first attempt of a call. */
  readonly attempt: number;
  readonly durationMs: number;
  /** What kind of failure it was; absent when there is a result. */
  readonly failure?: FailureKind | undefined;
  /** The HTTP status of the answer, when there was one. */
  readonly status?: number | undefined;
  /** AWS's id of the request, when it told one. */
  readonly requestId?: string | undefined;
  /** Whether AWS refused it because there were too many. */
  readonly throttled: boolean;
}

/** A wait for a place in the budget of an operation. */
export interface BudgetWait {
  readonly service: string;
  readonly operation: string;
  readonly durationMs: number;
}

/** Is told of attempts and waits while they happen. */
export interface AttemptListener {
  attemptEnded(end: AttemptEnd): void;
  waited(wait: BudgetWait): void;
}
