/** The operations on a kind of thing in a store. Those of users and of groups differ by names alone. */
import type { AlternateIdentifier, Filter } from '@aws-sdk/client-identitystore';
import { paginate } from '../../pagination.ts';
import type { Table } from '../../table.ts';
import { type Call, type Implementation, implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import { duplicate, invalidPaginationToken, notFound, requireStore } from './exceptions.ts';
import { filteredName } from './names.ts';
import { newThing } from './new-thing.ts';
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
  /** Refuses a new one by rules that AWS's model does not state. */
  readonly checkNew: (input: Partial<Thing>) => void;
  /** What it has from the beginning, beside its id and the stamps of all things. */
  readonly atFirst?: Partial<Thing>;
  /** What AWS calls the attribute that keeps a new one from having room. */
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

interface Found extends InStore {
  readonly AlternateIdentifier: Checked<AlternateIdentifier>;
}

const defaultSize = 100;

/** Create, Describe, Delete, List and Get…Id of a kind of thing, by the names of the operations. */
export function thingOperations<Thing extends object, Column extends string>({
  noun,
  things,
  name,
  unique,
  checkNew,
  atFirst,
  taken,
  described = thing => thing,
  checkRead = () => undefined,
}: Kind<Thing, Column>): Readonly<Record<string, Implementation<IdentityStoreState>>> {
  const id = `${noun}Id` as const;
  type Key = InStore & Readonly<Record<typeof id, string>>;
  const keyOf = (request: Key) =>
    ({ IdentityStoreId: request.IdentityStoreId, [id]: request[id] }) as unknown as Key &
      Record<Column, string>;

  function create(input: InStore & Partial<Thing>, state: IdentityStoreState, { region }: Call): object {
    requireStore(state, input.IdentityStoreId);
    checkNew(input);
    const thing = { ...newThing(noun, input, state.clock(), region), ...atFirst } as unknown as Thing & Key;
    const table = things(state);
    table.insert(thing, () => duplicate(taken(thing, table)));
    return keyOf(thing);
  }

  function describe(request: Key, state: IdentityStoreState): object {
    requireStore(state, request.IdentityStoreId);
    checkRead(request);
    const thing = things(state).find(keyOf(request));
    if (!thing) throw notFound(noun, request[id]);
    return described(thing, request);
  }

  function remove(request: Key, state: IdentityStoreState): object {
    requireStore(state, request.IdentityStoreId);
    if (!things(state).delete(keyOf(request))) throw notFound(noun, request[id]);
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
    if (!thing) throw notFound(noun);
    return keyOf(thing as Thing & Key);
  }

  return {
    [`Create${noun}`]: implement(create),
    [`Describe${noun}`]: implement(describe),
    [`Delete${noun}`]: implement(remove),
    [`List${noun}s`]: implement(list),
    [`Get${noun}Id`]: implement(getId),
  };
}
