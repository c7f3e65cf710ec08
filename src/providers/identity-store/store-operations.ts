/**
 * Declarations of operations on what is in identity stores. Each may leave out its store, and gets the gateway's own
 * then; `run` is given an input that has one.
 */
import type {
  FieldNullability,
  InputFieldMap,
  InputShapeFromFields,
  ShapeFromTypeParam,
  TypeParam,
} from '@pothos/core';
import type { ListPage } from '../../adapter/list-page.ts';
import type { LookUp } from '../../adapter/look-up.ts';
import type { NativeKey } from '../../adapter/native-key.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import type { SchemaTypes } from '../../schema/builder.ts';
import type { NodeType, PageRequest } from '../../schema/connection.ts';
import type { Context } from '../../schema/context.ts';
import { type BatchDeclaration, batchMutation } from '../../schema/operation/batch-mutation.ts';
import { listQuery } from '../../schema/operation/lists.ts';
import { type LookUpDeclaration, lookUpQuery, type Way } from '../../schema/operation/look-up-query.ts';
import { type InputBuilder, type MutationDeclaration, mutation } from '../../schema/operation/mutation.ts';
import { type ArgBuilder, query } from '../../schema/operation/query.ts';
import type { ApiOperation, Declaration } from '../../schema/operation/registry.ts';
import { identityStore } from './service.ts';
import type { AlternateInput, StoreKey } from './store-adapter.ts';

interface InStore {
  readonly identityStoreId: string;
}

interface MaybeInStore {
  readonly identityStoreId?: string | null | undefined;
}

export const storeId = (t: InputBuilder | ArgBuilder) =>
  (t as InputBuilder).string({
    description: 'The identity store; the one that the gateway is configured with if absent.',
  });

/** The store of an input. Where there is none, the check of the request says so. */
export function storeOf({ identityStoreId }: MaybeInStore, context: Context): string {
  return (identityStoreId ?? context.settings(identityStore).identityStoreId) as string;
}

/** Declares a mutation. */
export function storeMutation<Fields extends InputFieldMap, Outcome extends object>(
  name: string,
  { input, run, ...declaration }: MutationDeclaration<Fields, Outcome, InStore>,
): ApiOperation {
  return mutation(name, {
    ...declaration,
    input: (t): InputFieldMap => ({ identityStoreId: storeId(t), ...input(t) }),
    run: (given, context) =>
      run({ ...given, identityStoreId: storeOf(given as MaybeInStore, context) } as never, context),
    success: declaration.success,
  });
}

/** Declares a batch of which each item takes calls of its own. */
export function storeBatch<
  Request extends object,
  Fields extends InputFieldMap,
  List extends keyof Fields & string,
  Outcome extends object,
>(
  name: string,
  { input, ...declaration }: BatchDeclaration<Request, Fields, List, Outcome, unknown, InStore>,
): ApiOperation {
  return batchMutation<Request, Fields, List, Outcome, unknown, InStore>(name, {
    ...declaration,
    input: (t): Fields => ({ identityStoreId: storeId(t), ...input(t) }),
    completed: (given, context) => ({ identityStoreId: storeOf(given, context) }),
  });
}

/** Declares another query. */
export function storeQuery<
  Args extends InputFieldMap,
  Type extends TypeParam<SchemaTypes>,
  Nullable extends FieldNullability<Type> = true,
>(
  name: string,
  {
    args,
    run,
    ...declaration
  }: Declaration & {
    readonly type: Type;
    readonly nullable?: Nullable;
    readonly args: (t: ArgBuilder) => Args;
    readonly run: (
      input: InputShapeFromFields<Args> & InStore,
      context: Context,
    ) => Promise<ShapeFromTypeParam<SchemaTypes, Type, Nullable>>;
  },
): ApiOperation {
  return query<InputFieldMap, Type, Nullable>(name, {
    ...declaration,
    args: t => ({ identityStoreId: storeId(t), ...args(t) }),
    run: (given, context) => run({ ...given, identityStoreId: storeOf(given, context) } as never, context),
  });
}

/** Declares a query that lists things in a store; it is null when the store, or what they are of there, does not exist. */
export function storeList<Thing extends object, Args extends InputFieldMap>(
  name: string,
  {
    args,
    list,
    ...declaration
  }: Omit<Declaration, 'aws'> & {
    readonly type: NodeType<Thing>;
    readonly nodes: string;
    readonly operation: AwsOperation;
    /** What they are of, if not of the store alone. */
    readonly args?: (t: ArgBuilder) => Args;
    readonly list: (
      page: InStore & PageRequest & InputShapeFromFields<Args>,
      context: Context,
    ) => Promise<ListPage<Thing>>;
  },
): ApiOperation {
  return listQuery(name, {
    ...declaration,
    args: (t): InputFieldMap => ({ identityStoreId: storeId(t), ...args?.(t) }),
    completed: (given, context) => ({ ...given, identityStoreId: storeOf(given, context) }),
    list: (request, context) => list(request as never, context),
  });
}

/** Declares a query that finds a thing in a store by any of several things that only it has there. */
export function storeLookUp<Values, Thing extends object>(
  name: string,
  declaration: LookUpDeclaration<Values, MaybeInStore, Thing>,
): ApiOperation {
  return lookUpQuery(name, { ...declaration, args: t => ({ identityStoreId: storeId(t) }) });
}

/** The ways to find a thing in a store: by its id, by an attribute, and by its id in another identity provider. */
export function storeWays<Id extends string, Thing extends object>(
  { names }: NativeKey<'identityStoreId' | Id>,
  thingByKey: LookUp<StoreKey<Id>, Thing>,
  keyByAlternate: LookUp<AlternateInput, StoreKey<Id>>,
) {
  const id = names.at(-1) as Id;

  /** AWS tells the id, and the id the thing. */
  async function find(
    alternateIdentifier: AlternateInput['alternateIdentifier'],
    args: MaybeInStore,
    context: Context,
  ) {
    const identityStoreId = storeOf(args, context);
    const key = await context.find(keyByAlternate, { identityStoreId, alternateIdentifier });
    return key && context.find(thingByKey, key);
  }

  const byId: Way<string, MaybeInStore, Thing> = {
    sentAs: [id],
    find: (value, args, context) =>
      context.find(thingByKey, {
        identityStoreId: storeOf(args, context),
        [id]: value,
      } as unknown as StoreKey<Id>),
  };
  const byExternalId: Way<{ readonly issuer: string; readonly id: string }, MaybeInStore, Thing> = {
    sentAs: ['alternateIdentifier', 'externalId'],
    find: (externalId, args, context) => find({ externalId }, args, context),
  };
  const byAttribute = (attributePath: string): Way<string, MaybeInStore, Thing> => ({
    sentAs: ['alternateIdentifier', 'uniqueAttribute', 'attributeValue'],
    find: (attributeValue, args, context) =>
      find({ uniqueAttribute: { attributePath, attributeValue } }, args, context),
  });
  return { byId, byExternalId, byAttribute };
}
