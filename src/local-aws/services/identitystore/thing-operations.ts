/** The operations on a kind of thing in a store. Those of users and of groups differ by names alone. */
import type { AlternateIdentifier, AttributeOperation, Filter } from '@aws-sdk/client-identitystore';
import model from '../../../aws/models/identitystore.json' with { type: 'json' };
import { requestShape } from '../../../aws/models/shapes.ts';
import { paginate } from '../../pagination.ts';
import type { Table } from '../../table.ts';
import { validated } from '../../validation.ts';
import { type Call, type Implementation, implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { changed, changesIn } from './attributes.ts';
import { duplicate, invalidPaginationToken, notFound, requireStore } from './exceptions.ts';
import { filteredName } from './names.ts';
import { newThing, updated } from './new-thing.ts';
import type { IdentityStoreState } from './state.ts';
import { uniqueValue } from './unique-attribute.ts';

/** What a kind of thing has of its own. */
export interface Kind<Thing extends object, Column extends string> {
  /** What operations and members are named after: "User" in CreateUser, UserId and Users. */
  readonly noun: 'User' | 'Group';
  readonly things: (state: IdentityStoreState) => Table<Thing, Column>;
  /** The member that holds its name. The column with the name in lower case is named after it. */
  readonly name: 'UserName' | 'DisplayName';
  /** The columns that it is found by, by the paths of their attributes in lower case. */
  readonly unique: ReadonlyMap<string, Column>;
  /** Refuses one as a request wants it by rules that AWS's model does not state. */
  readonly check: (thing: Partial<Thing>) => void;
  /** What it has from the beginning, beside its id and the stamps of all things. */
  readonly atFirst?: Partial<Thing>;
  /** What AWS calls the attribute that keeps one from having room. */
  readonly taken: (thing: Thing, things: Table<Thing, Column>) => string;
  /** It as a request wants it described. */
  readonly described?: (thing: Thing, request: object) => object;
  /** Refuses a request that describes things. */
  readonly checkRead?: (request: object) => void;
}

interface InStore {
  readonly IdentityStoreId: string;
}

interface List extends InStore {
  readonly Filters?: readonly Checked<Filter>[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

type Update<Key> = Key & { readonly Operations: readonly Checked<AttributeOperation>[] };

interface Found extends InStore {
  readonly AlternateIdentifier: Checked<AlternateIdentifier>;
}

const defaultSize = 100;

/** Create, Describe, Update, Delete, List and Get…Id of a kind of thing, by the names of the operations. */
export function thingOperations<Thing extends object, Column extends string>({
  noun,
  things,
  name,
  unique,
  check,
  atFirst,
  taken,
  described = thing => thing,
  checkRead = () => undefined,
}: Kind<Thing, Column>): Readonly<Record<string, Implementation<IdentityStoreState>>> {
  const id = `${noun}Id` as const;
  const resourceType = noun.toUpperCase() as Uppercase<typeof noun>;
  type Key = InStore & Readonly<Record<typeof id, string>>;
  const keyOf = (request: Key) =>
    ({ IdentityStoreId: request.IdentityStoreId, [id]: request[id] }) as unknown as Key &
      Record<Column, string>;

  function create(input: InStore & Partial<Thing>, state: IdentityStoreState, { region }: Call): object {
    requireStore(state, input.IdentityStoreId);
    check(input);
    const thing = { ...newThing(noun, input, state.clock(), region), ...atFirst } as unknown as Thing & Key;
    const table = things(state);
    table.insert(thing, () => duplicate(taken(thing, table)));
    return keyOf(thing);
  }

  function describe(request: Key, state: IdentityStoreState): object {
    requireStore(state, request.IdentityStoreId);
    checkRead(request);
    const thing = things(state).find(keyOf(request));
    if (!thing) throw notFound(resourceType, request[id]);
    return described(thing, request);
  }

  function update(request: Update<Key>, state: IdentityStoreState, { region }: Call): object {
    requireStore(state, request.IdentityStoreId);
    // AWS looks at the paths before it looks for the thing.
    const changes = changesIn(request.Operations, `Create${noun}`);
    const table = things(state);
    const found = table.find(keyOf(request));
    if (!found) throw notFound(resourceType, request[id]);
    const after = changes.reduce<Thing>(changed, found);
    validated(requestShape(model, `Create${noun}`), after, 'ValidationException');
    check(after);
    const thing = { ...after, ...updated(state.clock(), region) };
    table.replace(keyOf(request), thing, () => duplicate(taken(thing, table)));
    return {};
  }

  function remove(request: Key, state: IdentityStoreState): object {
    requireStore(state, request.IdentityStoreId);
    if (!things(state).delete(keyOf(request))) throw notFound(resourceType, request[id]);
    return {};
  }

  function list(request: List, state: IdentityStoreState, call: Call): object {
    const { IdentityStoreId, Filters } = request;
    requireStore(state, IdentityStoreId);
    checkRead(request);
    const where = { IdentityStoreId, [`lower${name}`]: filteredName(name, Filters?.[0]) };
    const { entities, nextToken } = paginate(call, request, defaultSize, invalidPaginationToken, range =>
      things(state).list(where as Partial<Record<Column, string | undefined>>, range),
    );
    return { [`${noun}s`]: entities.map(thing => described(thing, request)), ...nextToken };
  }

  function getId({ IdentityStoreId, AlternateIdentifier }: Found, state: IdentityStoreState): object {
    requireStore(state, IdentityStoreId);
    const wanted = uniqueValue(AlternateIdentifier, unique);
    const thing = wanted && things(state).find({ IdentityStoreId, ...wanted });
    if (!thing) throw notFound(resourceType);
    return keyOf(thing as Thing & Key);
  }

  return {
    [`Create${noun}`]: implement(create),
    [`Describe${noun}`]: implement(describe),
    [`Update${noun}`]: implement(update),
    [`Delete${noun}`]: implement(remove),
    [`List${noun}s`]: implement(list),
    [`Get${noun}Id`]: implement(getId),
  };
}
