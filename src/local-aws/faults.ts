import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Service } from './services/service.ts';

const when = z.enum(['before', 'after']).default('before');

/** What may stand in an HTTP header. */
const headerText = z.string().regex(/^[\x20-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters');

const duration = z.int().min(0).max(600_000);

const status = z.int().min(200).max(599);

const effect = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('exception'),
    /** Any name, also one that AWS does not know. */
    name: headerText,
    message: z.string().optional(),
    members: z.record(z.string(), z.json()).optional(),
    status: status.optional(),
    /** Whether the operation takes effect all the same. */
    when,
  }),
  z.strictObject({ type: z.literal('throttle'), retryAfterSeconds: z.int().min(0).optional() }),
  z.strictObject({ type: z.literal('latency'), milliseconds: duration }),
  z.strictObject({ type: z.literal('drop'), when }),
  z.strictObject({ type: z.literal('late'), milliseconds: duration }),
  z.strictObject({
    type: z.literal('response'),
    status,
    body: z.string(),
    contentType: headerText.optional(),
    requestId: z.boolean().default(false),
    when,
  }),
]);

/** What may be asked for: see the README of local AWS for what each effect does. */
const faultSchema = z.strictObject({
  service: z.string().optional(),
  operation: z.string().optional(),
  /** How often it strikes; without it, until it is cleared. */
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  /** Makes the draws of `probability` repeatable. */
  seed: z.int().optional(),
  effect,
});

/** A fault as tests and the admin endpoint write it. */
export type Fault = z.input<typeof faultSchema>;

type Effect = z.output<typeof effect>;

/** The faults that strike one request: waiting first, then at most one other effect. */
export interface Strike {
  readonly milliseconds: number;
  readonly effect: Exclude<Effect, { type: 'latency' }> | undefined;
}

interface ActiveFault {
  readonly id: string;
  readonly fault: z.output<typeof faultSchema>;
  readonly draw: () => number;
  timesLeft: number;
}

/** Why a fault cannot be switched on. */
export class InvalidFaultError extends Error {
  override readonly name = 'InvalidFaultError';
}

/** What faults need to know of a service. */
type Target = Pick<Service, 'id' | 'operations'> & {
  readonly protocol: Pick<Service['protocol'], 'operations'>;
};

/** The faults that are switched on. The oldest that applies wins; latencies add up. */
export class Faults {
  readonly #services: readonly Target[];
  #active: ActiveFault[] = [];

  /** @param services those that faults can strike */
  constructor(services: readonly Target[]) {
    this.#services = services;
  }

  /**
   * Switches a fault on and returns its id.
   * @throws InvalidFaultError when it is not a valid fault, or one that could never strike
   */
  add(fault: Fault): string {
    const parsed = this.#parse(fault);
    const id = randomUUID();
    this.#active.push({
      id,
      fault: parsed,
      draw: randomNumbers(parsed.seed ?? 1),
      timesLeft: parsed.times ?? Number.POSITIVE_INFINITY,
    });
    return id;
  }

  #parse(fault: Fault): ActiveFault['fault'] {
    const { success, data, error } = faultSchema.safeParse(fault);
    if (!success) throw new InvalidFaultError(explain(error));
    const { service, operation } = data;
    const named = this.#services.filter(({ id }) => service === undefined || id === service);
    if (named.length === 0) {
      const known = this.#services.map(({ id }) => id).join(', ');
      throw new InvalidFaultError(`service: there is no ${JSON.stringify(service)}, only ${known}`);
    }
    if (operation !== undefined && !named.some(({ protocol }) => protocol.operations.has(operation))) {
      const served = named.map(({ id, operations }) => `${operations.join(', ')} of ${id}`).join('; ');
      throw new InvalidFaultError(
        `operation: AWS has no ${JSON.stringify(operation)} there; local AWS has ${served}`,
      );
    }
    return data;
  }

  /** The faults that can still strike, with how often they still will. */
  list(): (Fault & { readonly id: string })[] {
    return this.#active.map(({ id, fault, timesLeft }) => ({
      id,
      ...fault,
      ...(fault.times !== undefined && { times: timesLeft }),
    }));
  }

  clear(): void {
    this.#active = [];
  }

  /** What strikes a request, using up one of each fault's `times`. */
  strike(service: string, operation: string): Strike {
    let milliseconds = 0;
    let chosen: Strike['effect'];
    if (this.#active.length === 0) return { milliseconds, effect: chosen };
    for (const active of this.#active) {
      const { fault } = active;
      if (fault.service !== undefined && fault.service !== service) continue;
      if (fault.operation !== undefined && fault.operation !== operation) continue;
      if (fault.effect.type !== 'latency' && chosen) continue;
      if (fault.probability !== undefined && active.draw() >= fault.probability) continue;
      active.timesLeft--;
      if (fault.effect.type === 'latency') milliseconds += fault.effect.milliseconds;
      else chosen = fault.effect;
    }
    this.#active = this.#active.filter(({ timesLeft }) => timesLeft > 0);
    return { milliseconds, effect: chosen };
  }
}

function explain({ issues }: z.ZodError): string {
  return issues
    .map(issue => `${issue.path.length > 0 ? z.core.toDotPath(issue.path) : 'fault'}: ${issue.message}`)
    .join('; ');
}

/** Mulberry32: a small generator of numbers in [0, 1) whose sequence depends on nothing but the seed. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
