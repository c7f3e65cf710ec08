/** The adapters of what is in identity stores: for users and groups, the same operations under other names. */
import type { GetUserIdRequest } from '@aws-sdk/client-identitystore';
import { keyed } from '../../adapter/answers.ts';
import { type Change, changesIn } from '../../adapter/changes.ts';
import { issuesOf } from '../../adapter/issues.ts';
import type { ListPage } from '../../adapter/list-page.ts';
import { type ApiOutput, apiNameOf } from '../../adapter/members.ts';
import type { KeyWith, NativeKey } from '../../adapter/native-key.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import { accepted, type InputOf } from '../../adapter/request.ts';
import type { AwsSession } from '../../adapter/session.ts';
import { shapeOf } from '../../aws/models/shapes.ts';
import { inTerms, type Move, type ResourceType } from '../../errors.ts';
import { identityStore } from './service.ts';
import { createdThing, deletedThing, updatedThing } from './settling.ts';
import { missingStore } from './store.ts';
import { brokenRules, type UnwrittenRules } from './unwritten-rules.ts';

/** The key of a thing in a store. */
export type StoreKey<Id extends string> = KeyWith<'identityStoreId' | Id>;

/** Where requests have the attribute by which something is looked up. */
export const lookedUpBy = ['alternateIdentifier', 'uniqueAttribute', 'attributeValue'] as const;

/** What is unique in a store, in AWS's form; the operations that find users and groups by it have the same input. */
export type AlternateInput = InputOf<AwsOperation<GetUserIdRequest>>;

export interface Kind<
  Id extends string,
  Create extends object,
  Delete extends object,
  List extends object,
  Described,
> {
  readonly key: NativeKey<'identityStoreId' | Id>;
  readonly resourceType: ResourceType;
  readonly create: AwsOperation<Create>;
  readonly update: AwsOperation;
  readonly delete: AwsOperation<Delete>;
  readonly describe: AwsOperation<never, Described>;
  readonly list: AwsOperation<List>;
  /** The member of the list's answer that holds the things. */
  readonly listed: string;
  readonly getId: AwsOperation<GetUserIdRequest>;
  /** What requests that describe things ask for, beside the things. */
  readonly asked?: { readonly extensions: readonly string[] };
  /** The shapes in AWS's model of the attributes that are unique in a store, by the paths that AWS finds things by. */
  readonly unique: Readonly<Record<string, string>>;
  /** The end of "already has a user with this …". */
  readonly taken: string;
  readonly rules: UnwrittenRules<InputOf<AwsOperation<Create>>>;
}

/** The members of a create that are the thing's own, and can be changed. */
export function attributesOf({ request }: AwsOperation): string[] {
  return Object.keys(request.members ?? {})
    .map(apiNameOf)
    .filter(name => name !== 'identityStoreId');
}

/** The class of the adapter of one kind of thing. Every method throws ApiError when it is refused. */
export function storeAdapter<
  Id extends string,
  Create extends object,
  Delete extends object,
  List extends object,
  Described,
>(kind: Kind<Id, Create, Delete, List, Described>) {
  type Key = StoreKey<Id>;
  type Thing = ApiOutput<Described>;
  const { key, resourceType, asked, rules } = kind;
  const id = key.names.at(-1) as Id;
  const noun = resourceType.toLowerCase();
  const created = createdThing(kind);
  const deleted = deletedThing(kind);
  const updated = updatedThing(kind);

  const keyOf = (thing: Key) =>
    ({ identityStoreId: thing.identityStoreId, [id]: thing[id] }) as unknown as Key;

  const toThing = (thing: unknown) => keyed(key, thing as Key) as unknown as Thing;

  const missing = (thing: Key) => ({
    resourceType,
    resourceId: thing[id],
    message: `The identity store ${thing.identityStoreId} has no ${noun} ${thing[id]}.`,
  });

  const taken = (identityStoreId: string) =>
    ({
      reason: 'ALREADY_EXISTS',
      message: `The identity store ${identityStoreId} already has a ${noun} with this ${kind.taken}.`,
    }) as const;

  return class StoreAdapter {
    readonly #aws: AwsSession;

    constructor(aws: AwsSession) {
      this.#aws = aws;
    }

    /** Answers with what was sent: AWS itself answers with the ids alone. */
    create(input: InputOf<AwsOperation<Create>>): Promise<Thing> {
      const { identityStoreId } = input as unknown as Key;
      const context = {
        issues: brokenRules(rules, input),
        missing: missingStore(identityStoreId),
        conflict: taken(identityStoreId),
        settling: created,
      };
      return this.#aws.call(kind.create, input, context, answer =>
        toThing({ ...(accepted(kind.create, input) as object), [id]: (answer as Key)[id] }),
      );
    }

    async delete(input: Key & { readonly idempotencyKey?: string | null | undefined }): Promise<Key> {
      await this.#aws.call(kind.delete, input as never, {
        missing: missing(input),
        conflict: {
          reason: 'CONCURRENT_MODIFICATION',
          message: `The ${noun} ${input[id]} is being changed by another request. Try again.`,
        },
        settling: deleted,
      });
      return keyOf(input);
    }

    describe(thing: Key): Promise<Thing> {
      const input = { ...thing, ...asked } as never;
      return this.#aws.call(kind.describe, input, { missing: missing(thing) }, toThing);
    }

    list(input: InputOf<AwsOperation<List>>): Promise<ListPage<Thing>> {
      const missingParent = missingStore((input as unknown as Key).identityStoreId);
      return this.#aws.call(kind.list, { ...input, ...asked }, { missing: missingParent }, answer => {
        const { [kind.listed]: items, nextToken } = answer as Readonly<Record<string, unknown>>;
        return { items: (items as readonly object[]).map(toThing), nextToken } as ListPage<Thing>;
      });
    }

    /** The key of the thing that has something else that no other in its store has. */
    getKey(input: AlternateInput): Promise<Key> {
      const context = {
        missing: {
          resourceType,
          resourceId: null,
          message: `The identity store ${input.identityStoreId} has no such ${noun}.`,
        },
        issues: attributeIssues(kind.unique, input),
      };
      return this.#aws.call(kind.getId, input, context, answer => keyed(key, answer as Key));
    }

    /** Changes the attributes that the input has, as `create` would take them; null unsets one. */
    async update(input: Key & Partial<InputOf<AwsOperation<Create>>>): Promise<Key> {
      const { changes, issues } = changesIn(input as Attributes, attributesOf(kind.create), kind.create);
      const { idempotencyKey } = input;
      // What is wrong with extensions is told of them, and not of the operations that they would become.
      const operations =
        issues.length > 0
          ? changes.map(operationFor)
          : changes.flatMap(change => operationsFor(change, asked?.extensions));
      const update = this.#aws.call(kind.update, { ...keyOf(input), operations, idempotencyKey } as never, {
        issues: [...issues, ...brokenRules(rules, input, true)],
        missing: missing(input),
        conflict: taken(input.identityStoreId),
        settling: updated,
      });
      await inTerms(update, operations.flatMap(movesOf));
      return keyOf(input);
    }
  };
}

type Attributes = Readonly<Record<string, unknown>>;

export interface AttributeOperation {
  readonly attributePath: string;
  readonly attributeValue: unknown;
}

function operationFor({ member, value }: Change): AttributeOperation {
  return { attributePath: member, attributeValue: value };
}

/** The caller gave an attribute, and no operation on it. */
function movesOf({ attributePath }: AttributeOperation, at: number): Move[] {
  const operation = ['operations', String(at)];
  const given = attributePath.includes(':') ? ['extensions', attributePath] : [attributePath];
  return [
    ...['attributeValue', 'attributePath'].map((member): Move => [[...operation, member], given]),
    [operation, given],
  ];
}

/** AWS takes an attribute whole, under its name, and each extension under the name of that. */
function operationsFor(change: Change, extensions: readonly string[] = []): AttributeOperation[] {
  const { member, value } = change;
  if (member !== 'extensions') return [operationFor(change)];
  const values = (value ?? Object.fromEntries(extensions.map(name => [name, null]))) as Attributes;
  return Object.entries(values).map(([name, of]) => operationFor({ member: name, value: of }));
}

/** AWS's model lets the value of an attribute be any JSON; what no thing can have is refused all the same. */
function attributeIssues(unique: Readonly<Record<string, string>>, input: AlternateInput) {
  const { uniqueAttribute } = input.alternateIdentifier;
  if (!uniqueAttribute) return [];
  const { attributePath, attributeValue } = uniqueAttribute;
  return issuesOf(shapeOf(identityStore.model, unique[attributePath] ?? ''), attributeValue, [
    'AlternateIdentifier',
    'UniqueAttribute',
    'AttributeValue',
  ]);
}
