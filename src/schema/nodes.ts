/** `node` and `nodes`: things of all types, by their global ids. */
import { InvalidInputError, invalidInput, issueAt, movedInput } from '../errors.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { decodeGlobalId } from './global-id.ts';

/** The most ids in one `nodes` field: some of them are a call to AWS each. */
const MAX_IDS = 100;

/** Finds a thing by the text of its native key; undefined when that is no key of its type. */
export type FindNode = (key: string, context: Context) => Promise<object | null> | undefined;

const finders = new Map<string, FindNode>();
const inDatabase = new Set<string>();

/**
 * Has `node` and `nodes` find the things of a type.
 *
 * @param where Where they are looked for.
 */
export function registerNode(typename: string, find: FindNode, where: 'AWS' | 'database' = 'AWS'): void {
  finders.set(typename, find);
  if (where === 'database') inDatabase.add(typename);
}

/** Whether the things of a type are in the gateway's own database. */
export function isInDatabase(typename: string): boolean {
  return inDatabase.has(typename);
}

/** `at` is where the caller gave the id. */
async function nodeOf(id: string, at: readonly string[], context: Context): Promise<object | null> {
  const { typename = '', id: key = '' } = decodeGlobalId(id) ?? {};
  if (typename === '') throw notAnId(at);
  const find = finders.get(typename);
  if (!find) throw invalidInput([issueAt(at, 'is not of a type that this gateway serves')]);
  try {
    const found = find(key, context);
    if (found === undefined) throw notAnId(at);
    const thing = await found;
    return thing && { ...thing, __typename: typename };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    // The gateway refuses what AWS cannot have named so.
    throw error.providerCode === null ? notAnId(at) : movedInput(error, [[[], at]]);
  }
}

function notAnId(at: readonly string[]): InvalidInputError {
  return invalidInput([issueAt(at, 'must be a global id that this API gave out')]);
}

builder.queryField('node', t =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'Finds anything by its global id; null when it does not exist (any more).',
    args: {
      id: t.arg.id({
        required: true,
        description: 'A global id, as the `id` field of an object gave it.',
      }),
    },
    resolve: (_root, { id }, context) => nodeOf(id, ['id'], context),
  }),
);

builder.queryField('nodes', t =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description:
      'Finds several things by their global ids, in the order of the ids, with null for each that does not exist.',
    args: {
      ids: t.arg.idList({
        required: true,
        description: 'Global ids, as `id` fields gave them; at most 100.',
      }),
    },
    resolve: (_root, { ids }, context) => {
      if (ids.length > MAX_IDS) {
        throw invalidInput([issueAt(['ids'], `must have at most ${MAX_IDS} entries, and has ${ids.length}`)]);
      }
      // Each is answered by itself: one that cannot be found has its error in its place.
      return ids.map((id, index) => nodeOf(id, ['ids', String(index)], context));
    },
  }),
);
