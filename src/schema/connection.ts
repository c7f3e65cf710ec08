/** Relay connections over AWS's paged lists. */
import type { ObjectRef } from '@pothos/core';
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
import { CursorPage, type Place, placeOf } from './page-cursor.ts';
import { shortHash } from './short-hash.ts';

/** The part of a list's request that says which page; the first page has no token. */
export interface PageRequest {
  readonly maxResults: number;
  readonly nextToken?: string | undefined;
  /** What is wrong with the arguments of the connection: the page is not asked for then, and the rest checked all the same. */
  readonly [argumentIssues]?: readonly InputIssue[];
}

/** What every list is asked with. */
export interface ForwardArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export const DEFAULT_FIRST = 50;
export const MAX_FIRST = 1_000;

export const FIRST_DESCRIPTION = `How many nodes to return at most, from 1 to ${MAX_FIRST.toLocaleString('en')}.`;
export const AFTER_DESCRIPTION =
  'Return what comes after this cursor, which this list gave out with the same other arguments; from the beginning without it.';

/** What AWS's pages allow: they have tokens, and their entries none. */
const CHANGED_LIST =
  'That entries were deleted since makes it miss no other; when that of the cursor and the one behind it are both gone, what is left of their page comes once more.';

/** The most nodes of a page for a value of `first`: what is out of range is refused before there is a page. */
export function pageLength(first: unknown): number {
  return typeof first === 'number' ? Math.min(Math.max(first, 0), MAX_FIRST) : DEFAULT_FIRST;
}

export interface Edge<Item> {
  readonly cursor: string;
  readonly node: Item;
}

/** A cursor is made when it is asked for. */
class PageEdge<Item> implements Edge<Item> {
  readonly node: Item;
  readonly #page: CursorPage<Item>;
  readonly #index: number;

  constructor(page: CursorPage<Item>, index: number, node: Item) {
    this.node = node;
    this.#page = page;
    this.#index = index;
  }

  get cursor(): string {
    return this.#page.cursorOf(this.#index);
  }
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

/** A node type, by the native key of its things. */
export type NodeType<Node> = ObjectRef<SchemaTypes, Node> & {
  readonly key: { idOf(node: NoInfer<Node>): string };
};

/** The arguments of a connection field, forward only. */
export function forwardArgs(arg: ArgBuilder) {
  return {
    first: arg.int({
      defaultValue: DEFAULT_FIRST,
      description: `${FIRST_DESCRIPTION} More than AWS gives in one page takes several calls to AWS.`,
    }),
    after: arg.string({ description: `${AFTER_DESCRIPTION} ${CHANGED_LIST}` }),
  };
}

/** A list of AWS. */
export interface AwsList<Item extends object, Of extends object> {
  /** The operation that lists; its model tells the largest page. */
  readonly operation: AwsOperation;
  /** What AWS's requests say beside the page: what the things are in, and which of them are wanted. */
  readonly of: Of;
  /** What tells its entries from each other. */
  readonly key: { idOf(item: Item): string };
}

/**
 * Reads one page of a connection, with as few and as small calls to AWS as it takes.
 *
 * @throws InvalidInputError for a `first` out of range or an `after` that is no cursor of this list.
 */
export async function resolveConnection<Item extends object, Of extends object>(
  args: ForwardArgs,
  { operation, of, key }: AwsList<Item, Of>,
  fetchPage: (request: Of & PageRequest) => Promise<ListPage<Item>>,
) {
  const { maxPageSize } = operation;
  const list = hashOfList(operation, of);
  const first = args.first ?? DEFAULT_FIRST;
  const start = args.after == null ? {} : placeOf(args.after, list, maxPageSize);
  if (first < 1 || first > MAX_FIRST || !start) {
    const issues = [...(first < 1 || first > MAX_FIRST ? [outOfRange] : []), ...(start ? [] : [noCursor])];
    await fetchPage({ ...of, maxResults: 1, [argumentIssues]: issues });
    throw invalidInput(issues);
  }
  const idOf = (item: Item) => key.idOf(item);
  let place: Place | undefined = start;
  let hasMore = false;
  const edges: Edge<Item>[] = [];
  while (place && edges.length < first) {
    const { token, within }: Place = place;
    const wanted = first - edges.length;
    const size: number = within?.size ?? Math.min(wanted, maxPageSize);
    const answer = await fetchPage({ ...of, maxResults: size, nextToken: token }).catch(error => {
      if (token !== start.token) throw inAwsTerms(error);
      throw args.after == null ? error : inCursorsTerms(error);
    });
    const nextToken = tokenAfter(answer, token);
    const page = new CursorPage(list, { token, size }, answer.items, nextToken, idOf);
    const begin = page.before(place);
    const end = Math.min(begin + wanted, answer.items.length);
    for (let at = begin; at < end; at += 1) edges.push(new PageEdge(page, at, answer.items[at] as Item));
    hasMore = end < answer.items.length || nextToken !== undefined;
    place = nextToken === undefined ? undefined : { token: nextToken };
  }
  return {
    edges,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** What AWS is asked for tells its lists apart. */
function hashOfList({ name, service }: AwsOperation, of: object): string {
  const given = Object.entries(of).filter(([, value]) => value != null);
  return shortHash(JSON.stringify([service.provider, name, given]));
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
    'AWS does not take the cursor after any more: it is too old. Read the list from its beginning.';
  const issues = [{ path: ['after'], message }];
  return new InvalidInputError({
    message,
    issues,
    providerCode: providerCode ?? undefined,
    requestId: requestId ?? undefined,
    cause: error,
  });
}

/** What asks for the page after this one, if AWS says that there is one. */
function tokenAfter({ nextToken }: ListPage<unknown>, token: string | undefined): string | undefined {
  if (!nextToken) return undefined;
  if (nextToken !== token) return nextToken;
  const message = 'AWS said twice that the list goes on at the same place.';
  throw new ProviderFailureError({ message, retryable: false });
}

export const outOfRange = issueAt(['first'], `must be a whole number from 1 to ${MAX_FIRST}`);
export const noCursor = issueAt(['after'], 'must be a cursor that this list gave out');
