/** From an input of this API to the request that AWS gets. */
import { randomUUID } from 'node:crypto';
import {
  type InputIssue,
  type InvalidInputError,
  invalidInput,
  issueAt,
  type Move,
  movedIssue,
} from '../errors.ts';
import { idempotencyKeyIssues, tokenOf } from './idempotency-key.ts';
import { issuesOf } from './issues.ts';
import { judgedPart } from './judged.ts';
import { type ApiInput, type ApiOutput, takenByAws, toAws } from './members.ts';
import type { AwsOperation } from './operation.ts';
import { unsendableIn } from './unsendable.ts';

/** What is wrong with what a caller gave beside the request, such as the size of a page: all of it is told at once. */
export const argumentIssues = Symbol('issues of arguments that AWS does not get');

interface WithArgumentIssues {
  readonly [argumentIssues]?: readonly InputIssue[];
}

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
 * @param caller The id of the principal that it is made for.
 * @param further Issues by rules that AWS's model does not state, reported together with the others.
 * @throws InvalidInputError with every issue of an input that AWS would refuse, or would not get as it is.
 */
export function checkedRequest<Request extends object>(
  operation: AwsOperation<Request>,
  input: InputOf<AwsOperation<Request>>,
  caller: string,
  further: readonly InputIssue[] = [],
): Request {
  const request = toAws(operation.service.model, operation.request, input) as Request;
  const { name, keyMember } = operation;
  const members = request as Record<string, unknown>;
  const key = keyMember && members[keyMember];
  // As the SDK would, but before the check: some of AWS's models require a key.
  if (keyMember) members[keyMember] ??= randomUUID();
  const refusal = refusalOf(inputIssues(operation, input, request, further));
  if (refusal) throw refusal;
  if (keyMember && typeof key === 'string') members[keyMember] = tokenOf(caller, name, key);
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

/** Some of the items of a list. */
export interface Part<Request extends object> {
  /** Where the caller gave them. */
  readonly list: string;
  /** How many come before, and how many these are. */
  readonly before: number;
  readonly size: number;
  /** What AWS would get for them, and where that has an item of them, by its place. */
  readonly input: InputOf<AwsOperation<Request>>;
  readonly sentAs: (at: number) => readonly string[];
}

/**
 * What AWS would refuse in such an input; what is wrong beside its items is told of the first. None is an item too few.
 *
 * @returns Nothing where several have more that cannot be sent than is looked for: each has to be asked about by itself.
 */
export function issuesOfPart<Request extends object>(
  operation: AwsOperation<Request>,
  { list, before, size, input, sentAs }: Part<Request>,
): InputIssue[] | undefined {
  if (size > 1 && unsendableIn(input).tooMany) return undefined;
  const request = toAws(operation.service.model, operation.request, input);
  const issues = inputIssues(operation, input, request);
  if (size === 0) return issues.filter(({ path }) => path[0] !== sentAs(0)[0]);
  if (issues.length === 0) return [];
  const moves = Array.from({ length: size }, (_, at): Move => [sentAs(at), [list, String(before + at)]]);
  return issues.map(issue => movedIssue(issue, moves)).filter(({ path }) => before === 0 || path[0] === list);
}

/** What cannot be sent is told where AWS's rules do not refuse it anyway. */
function inputIssues(
  operation: AwsOperation,
  input: object,
  request: unknown,
  further: readonly InputIssue[] = [],
): readonly InputIssue[] {
  const { issues: unsendable, tooDeep, tooMany } = unsendableIn(input);
  if (tooDeep || tooMany) return unsendable;
  const { model, defaults } = operation.service;
  const broken = issuesOf(operation.shape, judgedPart(model, operation.request, request), [], defaults);
  const issues = [
    ...broken,
    ...pathIssues(operation, input).filter(
      ({ path: [name] }) => !broken.some(({ path }) => path[0] === name),
    ),
    ...further.filter(
      ({ path, message }) => !broken.some(each => each.message === message && isSame(each.path, path)),
    ),
    ...((input as WithArgumentIssues)[argumentIssues] ?? []),
    ...keyIssues(operation, input),
  ];
  if (unsendable.length === 0) return issues;
  const told = new Set(issues.map(({ path }) => JSON.stringify(path)));
  return [...unsendable.filter(({ path }) => !told.has(JSON.stringify(path))), ...issues];
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join('\n') === other.join('\n');
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

/** Ids that become parts of the URL's path must not be such as would lead to another operation. */
function pathIssues({ inPath }: AwsOperation, input: object): InputIssue[] {
  return inPath.flatMap(name => {
    const part = (input as Readonly<Record<string, unknown>>)[name];
    if (part === '') return issueAt([name], 'must not be empty');
    return part === '.' || part === '..' ? issueAt([name], 'must not be "." or ".."') : [];
  });
}

/** AWS checks a key that it has a place for; for other operations, the form is the same. */
function keyIssues({ takesKey }: AwsOperation, input: object): InputIssue[] {
  const { idempotencyKey } = input as { readonly idempotencyKey?: string | null };
  return takesKey || idempotencyKey == null ? [] : idempotencyKeyIssues(idempotencyKey);
}
