/** Mutations of any number of items, of which one call to AWS takes several: each item has an outcome. */
import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { Meaning } from '../../adapter/exceptions.ts';
import { apiNameOf } from '../../adapter/members.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import { type InputOf, refusalOfParts } from '../../adapter/request.ts';
import { shapeModel } from '../../aws/models/model.ts';
import type { ApiError, InputIssue } from '../../errors.ts';
import type { Context } from '../context.ts';
import { type InputBuilder, type MutationDeclaration, mutation } from './mutation.ts';
import type { ApiOperation, Batch } from './registry.ts';
import { batchesOf, resultUnion, type SuccessBuilder } from './result.ts';

/** What can come of one item. */
interface OutcomeDeclaration<Outcome extends object> {
  /** The item and what is done to it, as names of types begin: "SuspendChimeUser". */
  readonly stem: string;
  readonly description: string;
  readonly successDescription: `Returned when ${string}.`;
  readonly success: (t: SuccessBuilder<Outcome>) => FieldMap;
  /** What AWS's answers can tell of an item that failed. */
  readonly meanings?: readonly Meaning[];
}

type Listed<Fields extends InputFieldMap, List> = List extends keyof InputShapeFromFields<Fields>
  ? InputShapeFromFields<Fields>[List] extends readonly (infer Item)[]
    ? Item
    : never
  : never;

interface BatchDeclaration<
  Request extends object,
  Fields extends InputFieldMap,
  List extends keyof Fields & string,
  Outcome extends object,
> extends Omit<
    MutationDeclaration<Fields, { readonly outcomes: readonly object[] }>,
    'aws' | 'batch' | 'successDescription' | 'run' | 'success'
  > {
  /** The operation of AWS that takes several items. */
  readonly operation: AwsOperation<Request>;
  /** The member of the input that holds the items; its longest list in AWS's model is what one call takes. */
  readonly list: List;
  /** What is wrong with the input by rules that AWS's model does not state. */
  readonly issues?: (input: InputShapeFromFields<Fields>) => readonly InputIssue[];
  /** Equal for items that are the same to AWS, which gets one of them. */
  readonly keyOf: (item: Listed<Fields, List>) => string;
  /** Makes one of two such items; the first one stands for both unless this says otherwise. */
  readonly joined?: (first: Listed<Fields, List>, second: Listed<Fields, List>) => Listed<Fields, List>;
  readonly outcome: OutcomeDeclaration<Outcome>;
  /** Makes one call, and answers with what came of each item of its input, in their order. */
  readonly run: (
    input: InputShapeFromFields<Fields>,
    context: Context,
  ) => Promise<readonly (Outcome | ApiError)[]>;
}

/**
 * Declares such a mutation. Its whole input is checked before anything is sent; what befalls a call befalls its items, and
 * what befalls all calls alike is the mutation's own error.
 */
export function batchMutation<
  Request extends object,
  Fields extends InputFieldMap,
  List extends keyof Fields & string,
  Outcome extends object,
>(
  name: string,
  {
    operation,
    list,
    issues,
    keyOf,
    joined = first => first,
    outcome,
    run,
    ...declaration
  }: BatchDeclaration<Request, Fields, List, Outcome>,
): ApiOperation {
  type Item = Listed<Fields, List>;
  const { stem, ...declared } = outcome;
  const aws = [operation];
  const batch = batchOf(operation, list);
  const { perCall: size = 1 } = batch;
  const result = resultUnion<Outcome>(`${stem}Outcome`, {
    ...declared,
    successName: `${stem}Succeeded`,
    aws,
  });
  return mutation(name, {
    ...declaration,
    aws,
    batch,
    successDescription: 'Returned when every item has its outcome.',
    input: (t: InputBuilder) => declaration.input(t),
    run: async (input, context) => {
      const given = input as InputShapeFromFields<Fields>;
      const items = (given as Readonly<Record<string, unknown>>)[list] as readonly Item[];
      const parts = { list, parts: batchesOf(size, items) };
      const sent = input as InputOf<AwsOperation<Request>>;
      const refusal = refusalOfParts(operation, sent, parts, issues?.(given));
      if (refusal) throw refusal;
      const different = new Map<string, Item>();
      for (const item of items) {
        const known = different.get(keyOf(item));
        different.set(keyOf(item), known === undefined ? item : joined(known, item));
      }
      const settled = await result.settleTogether(
        size,
        part => run({ ...given, [list]: part }, context),
        [...different.values()],
        context,
      );
      const outcomes = new Map([...different.keys()].map((key, at) => [key, settled[at]]));
      return { outcomes: items.map(item => outcomes.get(keyOf(item)) as object) };
    },
    success: t => ({
      outcomes: t.expose('outcomes', {
        type: [result.type],
        nullable: { list: false, items: false },
        description: `What came of each, in the order of \`${list}\`. What is asked for twice has the same outcome twice.`,
      } as never),
    }),
  });
}

function batchOf({ name, service, request }: AwsOperation, list: string): Batch {
  const { model } = service;
  const [, member] = Object.entries(request.members ?? {}).find(([each]) => apiNameOf(each) === list) ?? [];
  const { max: size } = shapeModel(model, member?.shape ?? '');
  if (size === undefined) throw new TypeError(`AWS's ${name} has no list ${list} of limited length.`);
  return { items: list, perCall: size };
}
