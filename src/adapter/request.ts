/** From an input of this API to the request that AWS gets. */
import { randomUUID } from 'node:crypto';
import {
  type InputIssue,
  type InvalidInputError,
  invalidInput,
  issueAt,
  type Move,
  movedInput,
} from '../errors.ts';
import { idempotencyKeyIssues } from './idempotency-key.ts';
import { issuesOf } from './issues.ts';
import { judgedPart } from './judged.ts';
import { type ApiInput, type ApiOutput, takenByAws, toAws } from './members.ts';
import type { AwsOperation } from './operation.ts';
import { unsendableIn } from './unsendable.ts';

/** What an operation takes: AWS's request in this API's words, and an idempotency key in any case. */
export type InputOf<Operation> =
  Operation extends AwsOperation<infer Request>
    ? ApiInput<Request> & { readonly idempotencyKey?: string | null | undefined }
    : never;

/** What an operation answers with, in this API's words. */
export type OutputOf<Operation> =
  Operation extends AwsOperation<never, infer Response> ? ApiOutput<Response> : never;

/**
 * The request for an input.
 *
 * @param further Issues by rules that AWS's model does not state, reported together with the others.
 * @throws InvalidInputError with every issue of an input that AWS would refuse, or would not get as it is.
 */
export function checkedRequest<Request extends object>(
  operation: AwsOperation<Request>,
  input: InputOf<AwsOperation<Request>>,
  further: readonly InputIssue[] = [],
): Request {
  const request = toAws(operation.service.model, operation.request, input) as Request;
  const { keyMember } = operation;
  // As the SDK would, but before the check: some of AWS's models require a key.
  if (keyMember) (request as Record<string, unknown>)[keyMember] ??= randomUUID();
  const refusal = refusalOf(inputIssues(operation, input, request, further));
  if (refusal) throw refusal;
  return request;
}

/** The error for what AWS would refuse in an input, if there is anything. */
export function inputRefusal<Request extends object>(
  operation: AwsOperation<Request>,
  input: InputOf<AwsOperation<Request>>,
): InvalidInputError | undefined {
  const request = toAws(operation.service.model, operation.request, input);
  return refusalOf(inputIssues(operation, input, request));
}

/**
 * The error for what AWS would refuse in an input of which one list goes into several requests.
 *
 * @param member The list.
 * @param size How much of it one request takes.
 */
export function splitRefusal<Request extends object>(
  operation: AwsOperation<Request>,
  input: InputOf<AwsOperation<Request>>,
  member: string,
  size: number,
): InvalidInputError | undefined {
  const whole = input as Readonly<Record<string, unknown>>;
  const list = whole[member] as readonly unknown[];
  const issues: InputIssue[] = [];
  for (let at = 0; at === 0 || at < list.length; at += size) {
    const part = list.slice(at, at + size);
    const refusal = inputRefusal(operation, { ...whole, [member]: part } as typeof input);
    if (!refusal) continue;
    const moves = part.map(
      (_, index): Move => [
        [member, String(index)],
        [member, String(at + index)],
      ],
    );
    const moved = movedInput(refusal, moves).issues;
    // What is beside the list is the same in each request.
    issues.push(...(at === 0 ? moved : moved.filter(({ path }) => path[0] === member)));
  }
  return refusalOf(issues);
}

/** What cannot be sent is told where AWS's rules do not refuse it anyway. */
function inputIssues(
  operation: AwsOperation,
  input: object,
  request: unknown,
  further: readonly InputIssue[] = [],
): readonly InputIssue[] {
  const { issues: unsendable, tooDeep } = unsendableIn(input);
  if (tooDeep) return unsendable;
  const { model, defaults } = operation.service;
  const issues = [
    ...issuesOf(operation.shape, judgedPart(model, operation.request, request), [], defaults),
    ...pathIssues(operation, input),
    ...further,
    ...keyIssues(operation, input),
  ];
  if (unsendable.length === 0) return issues;
  const told = new Set(issues.map(({ path }) => JSON.stringify(path)));
  return [...unsendable.filter(({ path }) => !told.has(JSON.stringify(path))), ...issues];
}

function refusalOf(issues: readonly InputIssue[]): InvalidInputError | undefined {
  return issues.length > 0 ? invalidInput(issues) : undefined;
}

/** An input as AWS takes it in: without what is null, absent or unknown to AWS. */
export function accepted<Request extends object>(
  { service: { model }, request }: AwsOperation<Request>,
  input: InputOf<AwsOperation<Request>>,
): ApiOutput<Request> {
  return takenByAws(model, request, input) as ApiOutput<Request>;
}

/** Ids that become parts of the URL's path must not be these two, which would lead to another operation. */
function pathIssues({ inPath }: AwsOperation, input: object): InputIssue[] {
  return inPath
    .filter(name => ['.', '..'].includes(String((input as Readonly<Record<string, unknown>>)[name])))
    .map(name => issueAt([name], 'must not be "." or ".."'));
}

/** AWS checks a key that it has a place for; for other operations, the form is the same. */
function keyIssues({ takesKey }: AwsOperation, input: object): InputIssue[] {
  const { idempotencyKey } = input as { readonly idempotencyKey?: string | null };
  return takesKey || idempotencyKey == null ? [] : idempotencyKeyIssues(idempotencyKey);
}
