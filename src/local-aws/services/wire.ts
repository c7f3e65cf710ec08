import type { NoUndefined } from '@smithy/types';

/** What an SDK's response type looks like on the wire, where `Time` stands for its dates. */
type Wire<Type, Time> = Type extends Date
  ? Time
  : Type extends readonly (infer Item)[]
    ? Wire<Item, Time>[]
    : Type extends object
      ? { [Member in keyof Type]: Wire<Type[Member], Time> }
      : Type;

/** A request that was checked against AWS's model: what the SDK says of required members, that they may be undefined, is over. */
export type Checked<Request> = NoUndefined<Request>;

/** AWS JSON 1.1 writes times as seconds since 1970, with fractions. */
export type AwsJson<Response> = Wire<Response, number>;

/** Chime writes times in ISO 8601, as few REST-JSON services do. */
export type RestJson<Response> = Wire<Response, string>;

/** REST-JSON's own way with times: seconds since 1970. */
export type RestJsonInSeconds<Response> = Wire<Response, number>;
