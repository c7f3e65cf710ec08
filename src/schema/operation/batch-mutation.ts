/** Mutations of many items: each has an outcome of its own. */
import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { Meaning } from '../../adapter/exceptions.ts';
import { apiNameOf } from '../../adapter/members.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import { type InputOf, issuesOfPart } from '../../adapter/request.ts';
import { shapeModel } from '../../aws/models/model.ts';
import {
  ApiError,
  type InputIssue,
  type InvalidInputError,
  invalidInput,
  isMoreThanTold,
  NotFoundError,
} from '../../errors.ts';
import { turns } from '../../turns.ts';
import type { Context } from '../context.ts';
import type { Refused } from '../errors.ts';
import { type MutationDeclaration, mutation } from './mutation.ts';
import { keyOfPart } from './part-keys.ts';
import type { ApiOperation } from './registry.ts';
import { resultUnion, type SuccessBuilder } from './result.ts';

/** How many items are checked in a turn at most: a list of thousands of malformed ones takes many. */
const CHECKED_AT_A_TIME = 50;

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

/** What came of a part: of each of its items, in their order, and what else its success tells. */
export interface PartAnswer<Outcome, Also> {
  readonly outcomes: readonly (Outcome | ApiError)[];
  readonly also?: Also;
}

/** What came of a batch. */
interface Settled<Input, Also> {
  readonly outcomes: readonly object[];
  readonly input: Input;
  /** What the last call told beside outcomes; undefined if none was answered. */
  readonly also: Also | undefined;
}

export interface BatchDeclaration<
  Request extends object,
  Fields extends InputFieldMap,
  List extends keyof Fields & string,
  Outcome extends object,
  Also = unknown,
  Given = unknown,
> extends Omit<
    MutationDeclaration<Fields, object>,
    'aws' | 'batch' | 'ownInput' | 'successDescription' | 'run' | 'success'
  > {
  /** The operation of AWS that takes the items, by whose rules they are checked before anything is sent. */
  readonly operation: AwsOperation<Request>;
  /** What else may be called for them. */
  readonly further?: readonly AwsOperation[];
  /** The member of the input that holds the items; its longest list in AWS's model is what one call takes. */
  readonly list: List;
  /** Where an item takes a call of its own: what AWS gets for it, and where that has the item. */
  readonly each?: {
    readonly input: (
      item: Listed<Fields, List>,
      input: InputShapeFromFields<Fields> & Given,
    ) => InputOf<AwsOperation<Request>>;
    readonly sentAs: readonly string[];
  };
  /** Whether calls would meet in what they change, so that each waits for the one before. */
  readonly inTurn?: boolean;
  /** Puts what the gateway is configured with into an input that leaves it out. */
  readonly completed?: (input: InputShapeFromFields<Fields>, context: Context) => Given;
  /** What is wrong with an item, which is at `path`, by rules that AWS's model does not state. */
  readonly issues?: (item: Listed<Fields, List>, path: readonly string[]) => readonly InputIssue[];
  /** Equal for items that are the same to AWS, which gets one of them. */
  readonly keyOf: (item: Listed<Fields, List>) => string;
  /** Makes one of two such items; the first one stands for both unless this says otherwise. */
  readonly joined?: (first: Listed<Fields, List>, second: Listed<Fields, List>) => Listed<Fields, List>;
  readonly outcome: OutcomeDeclaration<Outcome>;
  /** Does what one call does; an ApiError that it throws befell all of the part's items. */
  readonly run: (
    part: InputShapeFromFields<Fields> & Given & { readonly idempotencyKey?: string | null | undefined },
    context: Context,
  ) => Promise<PartAnswer<Outcome, Also>>;
  /** What the success has beside the outcomes. */
  readonly success?: (t: SuccessBuilder<Settled<InputShapeFromFields<Fields>, Also>>) => FieldMap;
}

/**
 * Declares such a mutation. All of its input is checked before anything is sent: an item that AWS would refuse has that as
 * its outcome, and takes nothing from the others; what is wrong beside the items is the mutation's own error. What befalls
 * a call befalls its items; where calls take several, what befalls all of them alike is the mutation's own error, too, and
 * wherever it is, that something beside the items does not exist. No further call is made then: it could do nothing either.
 */
export function batchMutation<
  Request extends object,
  Fields extends InputFieldMap,
  List extends keyof Fields & string,
  Outcome extends object,
  Also = unknown,
  Given = unknown,
>(name: string, declaration: BatchDeclaration<Request, Fields, List, Outcome, Also, Given>): ApiOperation {
  type Item = Listed<Fields, List>;
  type Input = InputShapeFromFields<Fields> & Given & { readonly idempotencyKey?: string | null | undefined };
  const {
    operation,
    further = [],
    list,
    each,
    inTurn = false,
    completed,
    issues,
    keyOf,
    joined = first => first,
    outcome: { stem, ...outcome },
    run,
    success,
    ...common
  } = declaration;
  const aws = [operation, ...further];
  const size = each ? 1 : longestOf(operation, list);
  const result = resultUnion<Outcome>(`${stem}Outcome`, { ...outcome, successName: `${stem}Succeeded`, aws });

  const partOf = (input: Input, items: readonly Item[]): Input => ({ ...input, [list]: items });

  function issuesIn(input: Input, part: readonly Item[], before: number): readonly InputIssue[] {
    const sent = each
      ? { ...each.input(part[0] as Item, input), idempotencyKey: input.idempotencyKey }
      : partOf(input, part);
    const found = issuesOfPart(operation, {
      list,
      before,
      size: part.length,
      input: sent as InputOf<AwsOperation<Request>>,
      sentAs: at => each?.sentAs ?? [list, String(at)],
    });
    if (!found) return part.flatMap((item, at) => issuesIn(input, [item], before + at));
    if (!issues) return found;
    return [...found, ...part.flatMap((item, at) => issues(item, [list, String(before + at)]))];
  }

  /**
   * The errors of malformed items, by their places.
   *
   * @throws InvalidInputError when something is wrong beside the items, with what is wrong with them as far as that is told.
   */
  async function malformedIn(
    input: Input,
    items: readonly Item[],
    context: Context,
  ): Promise<ReadonlyMap<number, InvalidInputError>> {
    const malformed = new Map<number, InvalidInputError>();
    let ofAll: InputIssue[] | undefined;
    const atATime = Math.min(size, CHECKED_AT_A_TIME);
    // Without items, what is beside them is looked at.
    for (let before = 0; before === 0 || before < items.length; before += atATime) {
      if (before > 0 && before % CHECKED_AT_A_TIME === 0) await turns.take(context.principal.id);
      const found = issuesIn(input, items.slice(before, before + atATime), before);
      if (found.some(({ path: [member, at] }) => member !== list || at === undefined)) ofAll = [];
      ofAll?.push(...found);
      if (ofAll && isMoreThanTold(ofAll.length, 0)) break;
      const byPlace = ofAll ? [] : Map.groupBy(found, ({ path }) => Number(path[1]));
      for (const [at, wrong] of byPlace) malformed.set(at, invalidInput(wrong));
    }
    if (ofAll) throw invalidInput(ofAll);
    return malformed;
  }

  async function settle(part: Input, context: Context): Promise<PartAnswer<Outcome, Also> | ApiError> {
    try {
      return await run(part, context);
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  }

  /** Whether what does not exist is named beside the items, and is none of them. */
  function isOfAll(answer: object, input: Input, part: readonly Item[]): answer is NotFoundError {
    if (!(answer instanceof NotFoundError) || answer.resourceId === null) return false;
    const { resourceId } = answer;
    if (part.some(item => item === resourceId)) return false;
    return Object.entries(input).some(([member, value]) => member !== list && value === resourceId);
  }

  return mutation<Fields, Settled<Input, Also>>(name, {
    ...common,
    aws,
    batch: { items: list, ...(size > 1 && { perCall: size }) },
    ...(each && { ownInput: [list] }),
    successDescription: 'Returned when every item has its outcome.',
    input: declaration.input,
    run: async (given, context) => {
      const input = { ...given, ...completed?.(given, context) } as Input;
      const items = (input as Readonly<Record<string, unknown>>)[list] as readonly Item[];
      const malformed = await malformedIn(input, items, context);

      const different = new Map<string, Item>();
      for (const [at, item] of items.entries()) {
        if (malformed.has(at)) continue;
        const known = different.get(keyOf(item));
        different.set(keyOf(item), known === undefined ? item : joined(known, item));
      }
      const parts = inParts(size, [...different.values()]);
      let absent: NotFoundError | undefined;
      async function call(part: readonly Item[], turn: number) {
        if (absent) return absent;
        const idempotencyKey = keyOfPart(input.idempotencyKey, turn);
        const answer = await settle({ ...partOf(input, part), idempotencyKey }, context);
        if (isOfAll(answer, input, part)) absent = answer;
        return answer;
      }
      const calls = parts.map((part, turn) => ({ part, turn }));
      const answers = inTurn
        ? await oneByOne(calls, ({ part, turn }) => call(part, turn))
        : await context.forEach(operation.service, calls, ({ part, turn }) => call(part, turn));
      const alike = size > 1 || absent ? commonError(answers) : undefined;
      if (alike) throw alike;

      const refused = new Map(
        [...malformed].map(([at, error]) => [at, result.refused(error, context)] as const),
      );
      const settled = answers.flatMap((answer, turn): readonly (Outcome | Refused)[] => {
        const outcomes = answer instanceof ApiError ? (parts[turn] ?? []).map(() => answer) : answer.outcomes;
        return outcomes.map(one => (one instanceof ApiError ? result.refused(one, context) : one));
      });
      const byKey = new Map([...different.keys()].map((key, at) => [key, settled[at] as object]));
      const outcomes = items.map((item, at) => refused.get(at) ?? (byKey.get(keyOf(item)) as object));
      const last = answers.findLast(
        (answer): answer is PartAnswer<Outcome, Also> => !(answer instanceof ApiError),
      );
      return { outcomes, input, also: last?.also };
    },
    success: t => ({
      outcomes: t.expose('outcomes', {
        type: [result.type],
        nullable: { list: false, items: false },
        description: `What came of each, in the order of \`${list}\`. What is asked for twice has the same outcome twice.`,
      } as never),
      ...success?.(t),
    }),
  });
}

async function oneByOne<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}

/** The error that befell every call alike, so that it says more of the batch than of its items. */
function commonError(answers: readonly (object | ApiError)[]): ApiError | undefined {
  const [first] = answers;
  if (!(first instanceof ApiError)) return undefined;
  const { name, message, providerCode } = first;
  const isCommon = answers.every(
    other =>
      other instanceof ApiError &&
      other.name === name &&
      other.message === message &&
      other.providerCode === providerCode,
  );
  return isCommon ? first : undefined;
}

/** Items in parts of so many. */
function inParts<Item>(size: number, items: readonly Item[]): (readonly Item[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** How many items of a list AWS takes in one call. */
function longestOf({ name, service, request }: AwsOperation, list: string): number {
  const [, member] = Object.entries(request.members ?? {}).find(([each]) => apiNameOf(each) === list) ?? [];
  const { max } = shapeModel(service.model, member?.shape ?? '');
  if (max === undefined) throw new TypeError(`AWS's ${name} has no list ${list} of limited length.`);
  return max;
}
