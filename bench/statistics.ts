/** A measurement that was repeated. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? Number.NaN) : upper;
  return { median: (lower + upper) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** What was measured in turns: the samples of each contestant, in the order of the rounds. */
interface InTurns<Name extends string, Metric extends string> {
  readonly samples: { readonly [name in Name]?: readonly { readonly [metric in Metric]: number }[] };
}

export function summaryOf<Name extends string, Metric extends string>(
  { samples }: InTurns<Name, Metric>,
  name: NoInfer<Name>,
  metric: NoInfer<Metric>,
): Summary {
  return summarize((samples[name] ?? []).map(sample => sample[metric]));
}

/** `name` relative to `base`, round by round: what disturbs a whole round does not disturb its ratio. */
export function ratioOf<Name extends string, Metric extends string>(
  { samples }: InTurns<Name, Metric>,
  name: NoInfer<Name>,
  base: NoInfer<Name>,
  metric: NoInfer<Metric>,
): Summary {
  const bases = samples[base] ?? [];
  const rounds = (samples[name] ?? []).slice(0, bases.length);
  return summarize(rounds.map((sample, round) => sample[metric] / (bases[round]?.[metric] ?? Number.NaN)));
}
