/** What jobs of one kind do, as a provider declares it. */
import type { Move } from '../errors.ts';
import type { Context } from '../schema/context.ts';
import type { ApiOperation } from '../schema/operation/registry.ts';
import type { Going } from './brakes.ts';
import type { Guard } from './guarded-calls.ts';
import type { JobRun } from './job-run.ts';

/** The things that rows are about: a type of the schema, and the native key as its global id has it. */
export interface Thing {
  readonly type: string;
  readonly key: string;
}

export type RowAction = 'EXPORT' | 'CREATE' | 'UPDATE' | 'SKIP' | 'DELETE' | 'ADD' | 'REMOVE';

/** A row that a job makes itself. */
export interface MadeRow {
  readonly input: object;
  readonly thing: Thing;
}

/** What was done for a row, or would be. */
export interface Done {
  readonly action: RowAction;
  /** Null where AWS tells none. */
  readonly thing: Thing | null;
}

/** What a row would do. */
export interface Planned extends Done {
  /** Equal for rows that are about the same, however they name it; the thing itself if absent. */
  readonly subject?: string;
}

/** What a row names its thing by. */
export interface Naming {
  /** Equal for rows that name the same by it. */
  readonly name: string;
  /** The members of the row that it is made of. */
  readonly at: readonly (readonly string[])[];
}

/** What is known of a row since it was planned; nulls if it was not. */
export type Plan = { readonly thing: Thing | null; readonly subject: string | null };

/** How far a row has come. */
export interface Progress extends Plan {
  /** Whether an earlier try of it has sent something that AWS did, or may have done: its calls tell what. */
  readonly begun: boolean;
  /**
   * Makes calls, each of which is sent only if a guard lets it, as where it may be protected what they change. What an
   * earlier try has sent is found out all the same.
   */
  readonly whenAllowed: <Result>(guard: Guard, doing: () => Promise<Result>) => Promise<Result>;
  /** Takes down what was done of it so far, to be told if the rest fails. */
  readonly soFar: (done: Done) => void;
}

/** What jobs of one kind do: they perform rows that are given, or make rows of what there is. */
export type JobKind = ImportKind | ExportKind;

/** Jobs whose outcome is a file of rows, in the form in which others take them. */
export interface ExportKind<Options extends object = object> {
  readonly operation: ApiOperation;
  /** The name of the input type of a row. */
  readonly rowType: string;
  /** Reads everything there is; it is begun anew when its process has died, or its reading failed of what passes. */
  readonly make: (run: JobRun<Options>) => AsyncIterable<readonly MadeRow[]>;
}

/** @template Row A row, as GraphQL makes it of what the caller gave. @template Options What holds for all rows. */
export interface ImportKind<Row extends object = object, Options extends object = object> {
  readonly operation: ApiOperation;
  /** The name of the input type of a row. */
  readonly rowType: string;
  /** What a row names its thing by: of the rows that have one in common, a job takes the first. */
  readonly identity: (row: Row) => readonly Naming[];
  /** Where a row has what requests to AWS have elsewhere. */
  readonly moves?: ((row: Row) => readonly Move[]) | undefined;
  /**
   * Looks for what is wrong with a row, before anything is called: as it is performed, up to its first call.
   *
   * @throws ApiError for what is wrong.
   */
  readonly check: (row: Row, options: Options, context: Context) => Promise<unknown>;
  /**
   * Whether a row changes or deletes something that is there, or gives somebody access, so that it is performed only if
   * none of it can be cut off.
   */
  readonly needsEnd: (row: Row, options: Options) => boolean;
  /**
   * Finds out what a row would do, where that has to be known of all rows before the first is performed, such as whether
   * several are about the same; undefined if it makes no difference.
   *
   * @param begun As {@link Progress} has it: what is found out must not keep the row from finding out what it did.
   * @throws ApiError when it cannot be done.
   */
  readonly plan?:
    | ((row: Row, run: JobRun<Options>, begun: boolean) => Promise<Planned | undefined>)
    | undefined;
  /**
   * Says why what all rows together would do must not be done; undefined if it may. It is asked when all rows are planned,
   * and again only if more would be done than it let pass.
   */
  readonly brake?: ((going: Going, run: JobRun<Options>) => Promise<string | undefined>) | undefined;
  /**
   * Lets what was planned for a row be done by another process than the one that planned it, which may protect more: it is
   * asked just before each call that changes something. Kinds need it that do not ask it as they perform a row.
   *
   * @throws AccessDeniedError where that is protected by now.
   */
  readonly recheck?: ((row: Row, run: JobRun<Options>, plan: Plan) => Promise<void>) | undefined;
  /**
   * Performs a row. It may be performed again after its process died: the calls to AWS that were settled before are not
   * made again.
   *
   * @param context Of this row alone.
   * @param key Is the row's own, for operations of AWS that take an idempotency token.
   */
  readonly perform: (
    row: Row,
    run: JobRun<Options>,
    context: Context,
    key: string,
    progress: Progress,
  ) => Promise<Done>;
}

const kinds = new Map<string, JobKind>();

/** Adds a kind to those that {@link jobKindOf} finds. */
export function registerJobKind(kind: ImportKind<never, never> | ExportKind<never>): void {
  kinds.set(kind.operation.name, kind as unknown as JobKind);
}

/** The mutations that make jobs of the kinds that are known, of one provider if that is given. */
export function jobOperations(provider?: string): readonly string[] {
  const names = [...kinds.keys()];
  return provider === undefined ? names : names.filter(name => providerOf(name) === provider);
}

/** The providers that have kinds of jobs. */
export function jobProviders(): readonly string[] {
  return [...new Set([...kinds.values()].map(({ operation }) => operation.provider))];
}

/** The provider of the jobs that a mutation makes; undefined when it is not loaded. */
export function providerOf(operation: string): string | undefined {
  return kinds.get(operation)?.operation.provider;
}

/** The kind of the jobs that a mutation makes; undefined when its provider is not loaded. */
export function jobKindOf(operation: string): JobKind | undefined {
  return kinds.get(operation);
}
