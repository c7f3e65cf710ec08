/** What `node` and `nodes` check before they look anything up. */
import { type GraphQLSchema, isObjectType } from 'graphql';
import { type InputIssue, invalidInput } from '../errors.ts';

/** The most ids in one `nodes` field: some of them are a call to AWS each. */
const MAX_IDS = 100;

interface NodeId {
  readonly typename: string;
}

/** @throws InvalidInputError when `id` is of a type that is no node, or not served by this gateway. */
export function checkNodeId(schema: GraphQLSchema, id: NodeId): void {
  assertNone(typeIssues(schema, id, ['id']));
}

/** @throws InvalidInputError like {@link checkNodeId}, for all ids at once, or when there are too many. */
export function checkNodeIds(schema: GraphQLSchema, ids: readonly NodeId[]): void {
  if (ids.length > MAX_IDS) {
    assertNone([
      { path: ['ids'], message: `ids must have at most ${MAX_IDS} entries, and has ${ids.length}.` },
    ]);
  }
  assertNone(ids.flatMap((id, index) => typeIssues(schema, id, ['ids', String(index)])));
}

function typeIssues(schema: GraphQLSchema, { typename }: NodeId, path: readonly string[]): InputIssue[] {
  const type = schema.getType(typename);
  if (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node')) return [];
  return [{ path, message: `${path.join('.')} is not of a type that this gateway serves.` }];
}

function assertNone(issues: readonly InputIssue[]): void {
  if (issues.length > 0) throw invalidInput(issues);
}
