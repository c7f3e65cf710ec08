/** Mutations that callers give a key: performed once, and told again when they are repeated. */
import type { Context } from '../context.ts';
import type { ApiOperation } from './registry.ts';

interface KeyedInput {
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Performs a mutation under its key, if it has one.
 *
 * @param responseName What the answer calls the field.
 * @throws ApiError when it is under way, the key was used for another input, or nobody can tell.
 */
export async function underKey<Outcome>(
  { name }: ApiOperation,
  { idempotencyKey: key, ...input }: KeyedInput,
  responseName: string,
  context: Context,
  perform: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const { idempotencyKeys } = context.gateway;
  if (key == null || !idempotencyKeys) return perform();
  const { principal, world, uploads } = context;
  const files = uploads && Object.fromEntries(uploads);
  const change = await idempotencyKeys.begin({
    caller: [principal.id, world],
    operation: name,
    key,
    input: { input, files },
    asker: context,
  });
  context.replayed = { ...context.replayed, [responseName]: change.isReplay };
  context.memory = change;
  try {
    return await perform();
  } finally {
    context.memory = undefined;
    await change.end();
  }
}
