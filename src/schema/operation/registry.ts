/** The operations of this API: every mutation, and every field that reaches AWS. */
import { type AwsOperation, type Effect, effectOf } from '../../adapter/operation.ts';
import { beginningOf, type OwnScope } from '../../auth/scopes.ts';
import type { ErrorName } from '../errors.ts';

/** `provider:entity:action`; the provider by its id, the entity in the plural. */
export type Scope = `${string}:${string}:${string}`;

/** A list of which each entry, or each part of so many, takes the calls of an operation. */
export interface Batch {
  /** The member of a mutation's input, or the argument of a query. */
  readonly items: string;
  /** How many entries one call takes; 1 if absent. */
  readonly perCall?: number;
}

/** What every declaration says. */
export interface Declaration {
  readonly description: string;
  /** What a caller needs to be allowed. */
  readonly scope: Scope;
  /** The operations of AWS that it may call. */
  readonly aws: readonly AwsOperation[];
  /** The members of a mutation's input that `run` itself takes, with dots in the paths: AWS's requests have no such. */
  readonly ownInput?: readonly string[];
  /** Whether what a query gives lacks members, which are read one by one when they are asked for. */
  readonly givesParts?: boolean;
  /** The type of the things of which a list gives the keys alone; what else is asked for of one, is looked up. */
  readonly refersTo?: string | undefined;
  /**
   * How many calls to AWS it takes at most, where that is not one of each operation in `aws`, or of each that changes
   * something if it is a mutation. What a look-up of a node type takes, things with the same parent share.
   */
  readonly calls?: number;
  /** The list in a mutation's input, or a query's argument, for whose entries it does its calls, so many at a time. */
  readonly batch?: Batch;
}

/** What the rest of the gateway, its documentation and its tests know of an operation. */
export interface ApiOperation extends Omit<Declaration, 'scope'> {
  /** What a caller needs to be allowed. */
  readonly scope: Scope | OwnScope;
  /**
   * A job is a mutation, too, but what it calls of AWS is called later, row by row. A change of a job is a mutation that calls
   * nothing; its scope is for the jobs of others.
   */
  readonly kind: 'mutation' | 'job' | 'jobChange' | 'query' | 'field' | 'node';
  /** Such as `Mutation.createChimeUser`; a node type's is its name. */
  readonly coordinate: string;
  /** The name of the field, or of the node type. */
  readonly name: string;
  /** The id of its provider; of what reaches none, what its scope begins with. */
  readonly provider: string;
  readonly effect: Effect;
  readonly ownInput: readonly string[];
  readonly givesParts: boolean;
  readonly calls: number;
  /** The error types of a mutation's union; empty for what reads. */
  readonly errors: readonly ErrorName[];
}

const registry = new Map<string, ApiOperation>();

/** Adds an operation to those that {@link operations} gives. */
export function register(
  kind: ApiOperation['kind'],
  coordinate: string,
  {
    description,
    scope,
    aws,
    ownInput = [],
    givesParts = false,
    refersTo,
    calls,
    batch,
  }: Omit<Declaration, 'scope'> & Pick<ApiOperation, 'scope'>,
  errors: readonly ErrorName[] = [],
): ApiOperation {
  const provider = aws[0]?.service.provider ?? beginningOf(scope);
  const name = coordinate.slice(coordinate.indexOf('.') + 1);
  if (registry.has(coordinate)) throw new TypeError(`${coordinate} is declared twice.`);
  if (!scope.startsWith(`${provider}:`)) {
    throw new TypeError(`The scope of ${coordinate} must begin with "${provider}:", the provider's id.`);
  }
  const effect = effectOf(aws);
  if (kind === 'mutation' && effect === 'read') {
    throw new TypeError(`${coordinate} declares no operation of AWS that changes anything.`);
  }
  if (kind !== 'mutation' && kind !== 'job' && effect !== 'read') {
    throw new TypeError(`${coordinate} reads, and declares an operation of AWS that changes something.`);
  }
  const operation: ApiOperation = {
    kind,
    coordinate,
    name,
    provider,
    description,
    scope,
    aws,
    effect,
    errors,
    ownInput,
    givesParts,
    refersTo,
    calls: calls ?? (kind === 'mutation' ? aws.filter(each => each.effect !== 'read') : aws).length,
    ...(batch && { batch }),
  };
  registry.set(coordinate, operation);
  return operation;
}

/** The operations of all loaded providers, sorted by their coordinates. */
export function operations(): readonly ApiOperation[] {
  return [...registry.values()].toSorted((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
}
