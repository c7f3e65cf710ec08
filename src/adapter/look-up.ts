/** Look-ups: reads for which absence is an answer, remembered for as long as one GraphQL request. */
import type { LimitFunction } from 'p-limit';
import { NotFoundError } from '../errors.ts';
import type { Entity } from './service.ts';

/** What was found for a key: null when it does not exist, the error when only that key's look-up failed. */
export type Found<Value> = Value | null | Error;

/** A look-up as an entity declares it. */
export interface LookUp<Key = never, Value = unknown> {
  readonly entity: Entity<object>;
  /** Equal for keys that mean the same thing. */
  readonly cacheKey: (key: Key) => string;
  /** Finds things for several keys; at most so many calls to AWS at a time as `limit` lets through. */
  readonly find: (
    adapter: object,
    keys: readonly Key[],
    limit: LimitFunction,
  ) => Promise<readonly Found<Value>[]>;
}

/**
 * Declares a look-up of one thing by one call, for which AWS has no call for several.
 *
 * @param key Tells equal keys, such as a NativeKey; without it, those are equal that hold the same.
 */
export function lookUpEach<Adapter extends object, Key, Value>(
  entity: Entity<Adapter>,
  find: (adapter: Adapter, key: Key) => Promise<Value>,
  key?: { format(key: Key): string },
): LookUp<Key, Value> {
  return lookUpAll(
    entity,
    (adapter, keys: readonly Key[], limit) =>
      settled(keys.map(each => limit(() => found(find(adapter, each))))),
    key,
  );
}

/** Declares a read of what has to be there, such as a page of a list: that it is not found is an error. */
export function readEach<Adapter extends object, Key, Value>(
  entity: Entity<Adapter>,
  read: (adapter: Adapter, key: Key) => Promise<Value>,
): LookUp<Key, Value> {
  return lookUpAll(entity, (adapter, keys: readonly Key[], limit) =>
    settled(keys.map(each => limit(() => read(adapter, each)))),
  );
}

/** Declares a look-up of several things together. */
export function lookUpAll<Adapter extends object, Key, Value>(
  entity: Entity<Adapter>,
  find: (adapter: Adapter, keys: readonly Key[], limit: LimitFunction) => Promise<readonly Found<Value>[]>,
  key?: { format(key: Key): string },
): LookUp<Key, Value> {
  return {
    entity,
    cacheKey: key ? each => key.format(each) : each => JSON.stringify(each),
    find: find as LookUp<Key, Value>['find'],
  };
}

/** Turns the refusal "not found" into null. */
export async function found<Result>(lookUp: Promise<Result>): Promise<Result | null> {
  try {
    return await lookUp;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** The results of several look-ups, with the error in place of each that failed: one must not hide the others. */
export function settled<Result>(lookUps: readonly Promise<Result>[]): Promise<(Result | Error)[]> {
  return Promise.all(lookUps.map(lookUp => lookUp.catch((error: Error) => error)));
}
