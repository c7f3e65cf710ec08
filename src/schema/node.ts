/** Types of things that have a global id, and can be fetched again by it. */
import type { FieldMap } from '@pothos/core';
import { resultsOrErrors } from '../aws/look-up.ts';
import type { AwsOperation } from '../aws/operation.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { Context } from './context.ts';
import { encodeGlobalId, joinKey, splitKey } from './global-id.ts';
import { register, type Scope } from './operation.ts';

type Key<Names extends readonly [string, string]> = Readonly<Record<Names[number], string>>;

/** Declares a node type, and that `node` and `nodes` find its things by their native key. */
export function nodeType<const Names extends readonly [string, string], Node extends Key<Names>>(
  name: string,
  declaration: {
    readonly description: string;
    readonly scope: Scope;
    readonly aws: readonly AwsOperation[];
    /** The two members that tell one thing from all others. */
    readonly key: Names;
    readonly find: (key: Key<Names>, context: Context) => Promise<Node | null>;
    readonly fields: (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Node>) => FieldMap;
  },
) {
  const { description, key: names, find, fields } = declaration;
  const [first, second]: readonly [Names[number], Names[number]] = names;
  const localId = (key: Key<Names>) => joinKey(key[first], key[second]);
  const ref = builder.nodeRef(name, {
    id: { resolve: (node: Node) => localId(node), parse: splitKey },
    loadManyWithoutCache: (ids: [string, string][], context) =>
      // A node that cannot be loaded has its error in its place, which Pothos hands on to GraphQL as the error of
      // that node alone, though its types do not say so.
      resultsOrErrors(
        ids.map(([one, other]) => find({ [first]: one, [second]: other } as Key<Names>, context)),
      ) as Promise<(Node | null)[]>,
  });
  register({ ...declaration, kind: 'node', coordinate: name, name, errors: [] });
  return Object.assign(ref.implement({ description, fields }), {
    /** The global id of the thing with this key, whether it exists or not. */
    globalId: (key: Key<Names>) => encodeGlobalId(name, localId(key)),
  });
}
