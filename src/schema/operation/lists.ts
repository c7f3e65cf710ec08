/** Lists of things, page by page: queries, and fields of what the things are in. */
import type { InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { ListPage } from '../../adapter/list-page.ts';
import { found } from '../../adapter/look-up.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import type { SchemaTypes } from '../builder.ts';
import {
  connectionType,
  type ForwardArgs,
  forwardArgs,
  type NodeType,
  type PageRequest,
  resolveConnection,
} from '../connection.ts';
import type { Context } from '../context.ts';
import { type ArgBuilder, field, query } from './query.ts';
import type { ApiOperation, Declaration } from './registry.ts';

interface ListDeclaration<Of, Node extends object> extends Omit<Declaration, 'aws'> {
  readonly type: NodeType<Node>;
  /** What the nodes are: "Users of an identity store". */
  readonly nodes: string;
  /** The operation of AWS that lists; its model tells the largest page. */
  readonly operation: AwsOperation;
  /** Reads a page of what the things are in. */
  readonly list: (request: Of & PageRequest, context: Context) => Promise<ListPage<Node>>;
}

/** Declares a query for a connection to all things of a kind. */
export function listQuery<Node extends object, Args extends InputFieldMap>(
  name: string,
  {
    type,
    nodes,
    operation,
    args,
    completed,
    list,
    ...declaration
  }: ListDeclaration<InputShapeFromFields<Args>, Node> & {
    /** What the things are in, if they are in anything. The list is null when that does not exist. */
    readonly args?: (t: ArgBuilder) => Args;
    /** Puts what the gateway is configured with into arguments that leave it out. */
    readonly completed?: (args: InputShapeFromFields<Args>, context: Context) => InputShapeFromFields<Args>;
  },
): ApiOperation {
  return query(name, {
    ...declaration,
    aws: [operation],
    type: connectionType(type, nodes),
    args: (t): InputFieldMap => ({ ...args?.(t), ...forwardArgs(t) }),
    run: ({ first, after, ...given }, context) => {
      const of = (completed?.(given as InputShapeFromFields<Args>, context) ?? given) as object;
      const connection = resolveConnection(
        { first, after } as ForwardArgs,
        { operation, of, key: type.key },
        request => list(request as never, context),
      );
      return args ? found(connection) : connection;
    },
  });
}

/** Declares a field for a connection to what is in a thing. */
export function listField<Parent extends object, Of extends object, Node extends object>(
  parent: ObjectRef<SchemaTypes, Parent>,
  name: string,
  {
    type,
    nodes,
    operation,
    of,
    list,
    ...declaration
  }: ListDeclaration<Of, Node> & {
    /** What AWS's requests say of the parent. */
    readonly of: (parent: Parent) => Of;
  },
): ApiOperation {
  return field(parent, name, {
    ...declaration,
    aws: [operation],
    type: connectionType(type, nodes),
    nullable: false,
    args: forwardArgs,
    run: (thing, args, context) =>
      resolveConnection(args, { operation, of: of(thing), key: type.key }, request => list(request, context)),
  });
}
