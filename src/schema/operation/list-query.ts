/** Queries that list things, page by page. */
import type { InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { ListPage } from '../../adapter/list-page.ts';
import { found } from '../../adapter/look-up.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import type { SchemaTypes } from '../builder.ts';
import { connectionType, forwardArgs, type PageRequest, resolveConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { type ArgBuilder, query } from './query.ts';
import type { ApiOperation, Declaration } from './registry.ts';

interface ListDeclaration<Args extends InputFieldMap, Node> extends Omit<Declaration, 'aws'> {
  readonly type: ObjectRef<SchemaTypes, Node>;
  /** What the nodes are: "Users of an identity store". */
  readonly nodes: string;
  /** The operation of AWS that lists; its model tells the largest page. */
  readonly operation: AwsOperation;
  /** What the things are in, if they are in anything. The list is null when that does not exist. */
  readonly args?: (t: ArgBuilder) => Args;
  readonly list: (
    page: PageRequest,
    args: InputShapeFromFields<Args>,
    context: Context,
  ) => Promise<ListPage<Node>>;
}

/** Declares a query for a connection to all things of a kind. */
export function listQuery<Node extends object, Args extends InputFieldMap>(
  name: string,
  { type, nodes, operation, args, list, ...declaration }: ListDeclaration<Args, Node>,
): ApiOperation {
  return query(name, {
    ...declaration,
    aws: [operation],
    type: connectionType(type, nodes),
    args: (t): InputFieldMap => ({ ...args?.(t), ...forwardArgs(t) }),
    run: (given, context) => {
      const connection = resolveConnection(given, operation, page => list(page, given as never, context));
      return args ? found(connection) : connection;
    },
  });
}
