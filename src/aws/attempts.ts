/** What can be heard of the attempts that calls to AWS are made of, for logs, metrics and traces. */
import type { FailureKind } from './failure.ts';

/** An attempt that has ended. */
export interface AttemptEnd {
  /** AWS's name of the service, such as `rekognition`. */
  readonly service: string;
  /** AWS's name of the operation, such as `CreateUser`. */
  readonly operation: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  /** Absent when there is a result. */
  readonly failure?: FailureKind;
  /** The HTTP status of a failure, if there was an answer. */
  readonly status?: number;
  /** AWS's request id, if there was an answer. */
  readonly requestId?: string;
  /** Whether AWS refused because there were too many requests. */
  readonly throttled: boolean;
}

/** A wait of an attempt for its turn in a budget. */
export interface BudgetWait {
  readonly service: string;
  readonly operation: string;
  /** The name of the budget: `identitystore`, `rekognition:CreateUser`. */
  readonly budget: string;
  readonly waitedMs: number;
  /** Whether it ended with the turn, and not because there was none in time or nobody waited any more. */
  readonly admitted: boolean;
}

/** Is told of attempts and waits as they end. */
export interface AttemptListener {
  attemptEnded(end: AttemptEnd): void;
  waited(wait: BudgetWait): void;
}
