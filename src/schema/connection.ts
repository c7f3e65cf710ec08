/**
 * Relay connections over AWS's paged lists.
 *
 * AWS hands out one NextToken per page, a connection needs a cursor per node. A cursor therefore holds the
 * token and size of the page that its node is on, and the node's place in it; the last node of a page points
 * to the beginning of the next one, so that reading on from the end of a page fetches nothing twice.
 */
import type { ObjectRef } from '@pothos/core';
import * as z from 'zod';
import type { ListPage } from '../adapter/list-page.ts';
import type { AwsOperation } from '../adapter/operation.ts';
import { argumentIssues } from '../adapter/request.ts';
import {
  type InputIssue,
  InvalidInputError,
  invalidInput,
  issueAt,
  type Move,
  movedInput,
  ProviderFailureError,
} from '../errors.ts';
import { builder, NODE_DESCRIPTION, type SchemaTypes } from './builder.ts';
import type { ArgBuilder } from './operation/query.ts';

/** The part of a list's request that says which page; the first page has no token. */
export interface PageRequest {
  readonly maxResults: number;
  readonly nextToken?: string | undefined;
  /** What is wrong with the arguments of the connection: the page is not asked for then, and the rest checked all the same. */
  readonly [argumentIssues]?: readonly InputIssue[];
}

export const DEFAULT_FIRST = 50;
export const MAX_FIRST = 1_000;

/** The most nodes of a page for a value of `first`: what is out of range is refused before there is a page. */
export function pageLength(first: unknown): number {
  return typeof first === 'number' ? Math.min(Math.max(first, 0), MAX_FIRST) : DEFAULT_FIRST;
}

/** Where to read on: a page, and how many of its items come before. */
interface Position {
  readonly token?: string | undefined;
  readonly skip: number;
  /** The size that the page was asked for with; it matters as long as some of its items are skipped. */
  readonly size: number;
}

export interface Edge<Item> {
  readonly cursor: string;
  readonly node: Item;
}

const connectionTypes = new Map<object, unknown>();

/**
 * The connection type of a node type, and its edge type; lists of the same type share them.
 *
 * @param nodes What the nodes are, in the plural.
 */
export function connectionType<Node>(type: ObjectRef<SchemaTypes, Node>, nodes: string) {
  const known = connectionTypes.get(type) as ReturnType<typeof newConnectionType<Node>> | undefined;
  const connection = known ?? newConnectionType(type, nodes);
  connectionTypes.set(type, connection);
  return connection;
}

function newConnectionType<Node>(type: ObjectRef<SchemaTypes, Node>, nodes: string) {
  return builder.connectionObject(
    {
      type,
      name: `${type.name}Connection`,
      description: `${nodes}, a page at a time.`,
      edgesField: { description: 'What is on this page, each with its cursor.' },
    },
    {
      name: `${type.name}Edge`,
      description: `One of a list of ${nodes.charAt(0).toLowerCase()}${nodes.slice(1)}, and its place in it.`,
      nodeField: { description: NODE_DESCRIPTION },
    },
  );
}

/** The arguments of a connection field, forward only. */
export function forwardArgs(arg: ArgBuilder) {
  return {
    first: arg.int({
      defaultValue: DEFAULT_FIRST,
      description: `How many nodes to return at most, from 1 to ${MAX_FIRST.toLocaleString('en')}. More than AWS gives in one page takes several calls to AWS.`,
    }),
    after: arg.string({ description: 'Return what comes after this cursor; from the beginning without it.' }),
  };
}

/**
 * Reads one page of a connection, with as few and as small calls to AWS as it takes.
 *
 * @param list The operation of AWS that lists, whose model tells the largest page.
 * @throws InvalidInputError for a `first` out of range or an `after` that is not a cursor.
 */
export async function resolveConnection<Item>(
  args: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
  { maxPageSize }: Pick<AwsOperation, 'maxPageSize'>,
  fetchPage: (page: PageRequest) => Promise<ListPage<Item>>,
) {
  const first = args.first ?? DEFAULT_FIRST;
  const start = args.after == null ? { skip: 0, size: first } : decodeCursor(args.after, maxPageSize);
  if (first < 1 || first > MAX_FIRST || !start) {
    const issues = [...(first < 1 || first > MAX_FIRST ? [outOfRange] : []), ...(start ? [] : [noCursor])];
    await fetchPage({ maxResults: 1, [argumentIssues]: issues });
    throw invalidInput(issues);
  }
  let position: Position | undefined = start;
  const edges: Edge<Item>[] = [];
  while (position && edges.length < first) {
    const { token, skip }: Position = position;
    const wanted = first - edges.length;
    const size: number = skip > 0 ? position.size : Math.min(wanted, maxPageSize);
    const page: ListPage<Item> = await fetchPage({ maxResults: size, nextToken: token }).catch(error => {
      if (token !== start.token) throw inAwsTerms(error);
      throw args.after == null ? error : inCursorsTerms(error);
    });
    const next = nextOf(page, token, size);
    for (const [offset, node] of page.items.slice(skip, skip + wanted).entries()) {
      const seen = skip + offset + 1;
      const after = seen === page.items.length && next ? next : { token, skip: seen, size };
      edges.push({ cursor: encodeCursor(after), node });
    }
    position = skip + wanted < page.items.length ? { token, skip: skip + wanted, size } : next;
  }
  return {
    edges,
    pageInfo: {
      hasNextPage: position !== undefined,
      hasPreviousPage: args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const tokenInCursor: Move = [['nextToken'], ['after']];

/** A token that AWS gave just now is not the caller's: when it cannot be sent, AWS has failed. */
function inAwsTerms(error: unknown): unknown {
  if (!(error instanceof InvalidInputError) || error.providerCode !== null) return error;
  return new ProviderFailureError({
    message: 'AWS said that the list goes on, at a place that it does not take.',
    retryable: false,
    cause: error,
  });
}

/** The token is all of a page that callers send; when AWS does not say what it refuses, it is that. */
function inCursorsTerms(error: unknown): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  if (error.issues.some(({ path }) => path.length > 0)) return movedInput(error, [tokenInCursor]);
  const { providerCode, requestId } = error;
  const message =
    'AWS does not know the cursor after: it is of another list, or too old. Read the list from its beginning.';
  const issues = [{ path: ['after'], message }];
  return new InvalidInputError({
    message,
    issues,
    providerCode: providerCode ?? undefined,
    requestId: requestId ?? undefined,
    cause: error,
  });
}

/** Where the page after this one is, if AWS says that there is one. */
function nextOf(
  { nextToken }: ListPage<unknown>,
  token: string | undefined,
  size: number,
): Position | undefined {
  if (!nextToken) return undefined;
  if (nextToken !== token) return { token: nextToken, skip: 0, size };
  const message = 'AWS said twice that the list goes on at the same place.';
  throw new ProviderFailureError({ message, retryable: false });
}

function encodeCursor({ token, size, skip }: Position): string {
  return Buffer.from(JSON.stringify([skip, size, token])).toString('base64url');
}

const cursorParts = z.tuple([z.int().min(0), z.int().min(1), z.string().min(1).nullish()]);

export const outOfRange = issueAt(['first'], `must be a whole number from 1 to ${MAX_FIRST}`);
export const noCursor = issueAt(['after'], 'must be a cursor that this list gave out');

function decodeCursor(cursor: string, maxPageSize: number): Position | undefined {
  try {
    const [skip, size, token] = cursorParts.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const position = { skip, size, token: token ?? undefined };
    // Node.js reads over what is not base64url.
    if (size <= maxPageSize && skip <= size && encodeCursor(position) === cursor) return position;
  } catch {
    // Whatever is wrong with it, it is not a cursor of this list.
  }
  return undefined;
}
