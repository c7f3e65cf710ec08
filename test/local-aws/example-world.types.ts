/**
 * That `examples/testing/world.ts`, which knows nothing of local AWS's sources, can say all that local AWS takes, and
 * nothing else: `npm run types` fails when an effect, a member or a seed is missing there. Nothing runs.
 */
import type { Effect, Fault, Seed, WorldOptions } from '../../examples/testing/world.ts';
import type { NewWorld, Fault as OwnFault, SeedName } from '../../src/local-aws/index.ts';

/** A type whose members are all there, so that one which only one of two types has is told. */
type Whole<Type> = Type extends object
  ? { readonly [Name in keyof Type]-?: Exclude<Type[Name], undefined> }
  : Type;

/** Takes nothing if the two types are the same. */
function same<One, Other>(
  ..._difference: [Whole<One>] extends [Whole<Other>]
    ? [Whole<Other>] extends [Whole<One>]
      ? []
      : [{ missingInTheFirst: Exclude<Whole<Other>, Whole<One>> }]
    : [{ missingInTheSecond: Exclude<Whole<One>, Whole<Other>> }]
): void {}

export function worlds(): void {
  same<Seed, SeedName>();
  same<WorldOptions & { readonly seed?: Seed }, NewWorld>();
}

export function faults(): void {
  same<Effect, OwnFault['effect']>();
  // Of services, local AWS's type says only that they are texts: test/server/worlds.test.ts has their names.
  same<Omit<Fault, 'effect' | 'service'>, Omit<OwnFault, 'effect' | 'service'>>();
}

export function differences(): void {
  // @ts-expect-error An effect is missing.
  same<Exclude<Effect, { readonly type: 'late' }>, OwnFault['effect']>();
  // @ts-expect-error A member is missing.
  same<Omit<Fault, 'effect' | 'service' | 'times'>, Omit<OwnFault, 'effect' | 'service'>>();
}
