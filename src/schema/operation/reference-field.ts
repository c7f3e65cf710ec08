/** Fields that list things of which AWS tells the keys alone: what else is asked for of one, is looked up. */
import type { FieldMap, ObjectRef } from '@pothos/core';
import { type GraphQLResolveInfo, getNamedType, isObjectType, Kind, type SelectionNode } from 'graphql';
import type { ListPage } from '../../adapter/list-page.ts';
import { found, type LookUp } from '../../adapter/look-up.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import { builder, CURSOR_DESCRIPTION, NODE_DESCRIPTION, type SchemaTypes } from '../builder.ts';
import { type Edge, forwardArgs, type NodeType, type PageRequest, resolveConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { readScopeOf, wholeThatFieldTakes } from './node.ts';
import { requireScope } from './permission.ts';
import { field } from './query.ts';
import type { ApiOperation, Declaration } from './registry.ts';

/** @template Link What AWS lists: it leads from the parent to each node. */
interface ReferenceDeclaration<Parent, Of extends object, Link extends object, Key, Node extends Key & object>
  extends Omit<Declaration, 'aws' | 'refersTo' | 'givesParts'> {
  /** The type of the nodes. */
  readonly type: ObjectRef<SchemaTypes, Node>;
  /** What the nodes are, in the plural. */
  readonly nodes: string;
  /** The operation of AWS that lists; its model tells the largest page. */
  readonly operation: AwsOperation;
  /** What finds a node. */
  readonly find: LookUp<Key, Node>;
  /** What the edge has of the link. */
  readonly link: {
    readonly name: string;
    readonly type: NodeType<Link>;
    readonly description: string;
  };
  readonly keyOf: (link: Link) => Key;
  /** What AWS's requests say of the parent. */
  readonly of: (parent: Parent) => Of;
  /** Reads a page of links; the look-up sees to it that no more of them are under way than one request may have. */
  readonly page: LookUp<Of & PageRequest, ListPage<Link>>;
}

/**
 * Declares such a field: a connection whose edges have the link beside the node. It is null when the parent does not exist any
 * more. Nodes of which only the key is asked for, and what is found by it, cost nothing.
 */
export function referenceField<
  Parent extends object,
  Of extends object,
  Link extends object,
  Key,
  Node extends Key & object,
>(
  parent: ObjectRef<SchemaTypes, Parent>,
  name: string,
  declaration: ReferenceDeclaration<Parent, Of, Link, Key, Node>,
): ApiOperation {
  const { type, nodes, operation, find, link, keyOf, of, page, ...common } = declaration;
  const stem = `${parent.name}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const scope = readScopeOf(find);
  async function nodeOf(
    { node }: Edge<Link>,
    _args: unknown,
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Node | null> {
    const key = keyOf(node);
    if (!asksForWhole(info)) return key as unknown as Node;
    requireScope(context, scope);
    return context.find(find, key);
  }
  const edge = builder.objectRef<Edge<Link>>(`${stem}Edge`).implement({
    description: `One of a list of ${nodes.charAt(0).toLowerCase()}${nodes.slice(1)}, and its place in it.`,
    fields: (t): FieldMap => ({
      node: t.field({
        type,
        nullable: true,
        description: `${NODE_DESCRIPTION} Null when it does not exist any more; what is more of it than its ids, costs a call to AWS.`,
        resolve: nodeOf as never,
      }),
      cursor: t.exposeString('cursor', { nullable: false, description: CURSOR_DESCRIPTION }),
      [link.name]: t.field({
        type: link.type,
        nullable: false,
        description: link.description,
        resolve: ({ node }) => node as never,
      }),
    }),
  });
  const connection = builder.connectionObject(
    {
      type,
      name: `${stem}Connection`,
      description: `${nodes}, a page at a time.`,
      edgesField: { description: 'What is on this page, each with its cursor.' },
    },
    edge as never,
  );
  return field(parent, name, {
    ...common,
    aws: [operation],
    refersTo: type.name,
    type: connection,
    args: forwardArgs,
    run: (thing, args, context) =>
      found(
        resolveConnection(
          args,
          { operation, of: of(thing), key: link.type.key },
          async request => (await context.find(page, request)) as ListPage<Link>,
        ),
      ) as never,
  });
}

/** Whether more is asked for of an object than its key and what is found by it. */
function asksForWhole({ fieldNodes, fragments, returnType }: GraphQLResolveInfo): boolean {
  const type = getNamedType(returnType);
  const fields = isObjectType(type) ? type.getFields() : {};
  const some = (selections: readonly SelectionNode[] = []): boolean =>
    selections.some(selection => {
      if (selection.kind !== Kind.FIELD) {
        const { selectionSet } =
          selection.kind === Kind.FRAGMENT_SPREAD ? (fragments[selection.name.value] ?? {}) : selection;
        return some(selectionSet?.selections);
      }
      const asked = fields[selection.name.value];
      return asked !== undefined && wholeThatFieldTakes(asked) !== undefined;
    });
  return fieldNodes.some(({ selectionSet }) => some(selectionSet?.selections));
}
