import type { AwsException } from '../exception.ts';
import type { OperationModel } from './model.ts';
import type { Signature } from './signature.ts';

/** An HTTP request whose body has arrived. */
export interface WireRequest {
  readonly method: string;
  /** As sent: nothing is decoded or normalised, so that `%2e%2e` stays a label. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The header X-Amz-Target, which presigned requests may carry in their query. */
  readonly target: string | undefined;
  /** Undefined when the request is not signed. */
  readonly signature: Signature | undefined;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one service reads requests and writes answers. */
export interface Protocol {
  /** The names of all operations that AWS's service has. */
  readonly operations: ReadonlySet<string>;
  /** The operation that a request is for, or undefined when it is not for this service. */
  route(request: WireRequest): Route | undefined;
  /** @throws AwsException when the request cannot be read as the operation's input */
  input(request: WireRequest, route: Route): unknown;
  success(route: Route, output: object): WireAnswer;
  failure(exception: AwsException, requestId: string, status?: number): WireAnswer;
}

export interface Route {
  readonly name: string;
  /** Undefined when AWS has no operation of this name. */
  readonly model: OperationModel | undefined;
  /** The parts of the path that are members of the input, still percent-encoded. */
  readonly labels?: Readonly<Record<string, string>>;
}

export function withRequestId(answer: WireAnswer, requestId: string): WireAnswer {
  return { ...answer, headers: { ...answer.headers, 'x-amzn-RequestId': requestId } };
}
