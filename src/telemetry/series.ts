/**
 * Counters and histograms whose series count in numbers of their own. prom-client makes a text of the labels for each
 * count to look its series up by, which for a request costs a tenth of what the gateway does itself; here it is done when
 * the registry is read.
 */
import { Counter, type CounterConfiguration, Histogram, type HistogramConfiguration } from 'prom-client';

type Labels<Name extends string> = Readonly<Record<Name, string>>;

type Configuration<Name extends string> = Omit<HistogramConfiguration<Name>, 'buckets' | 'collect'> & {
  readonly buckets: readonly number[];
};

/** One series of a counter. */
export class Count {
  #since = 0;

  add(): void {
    this.#since += 1;
  }

  /** How often it was counted since it was asked last. */
  take(): number {
    const since = this.#since;
    this.#since = 0;
    return since;
  }
}

/** A counter; a series is there, at 0, as soon as it is asked for. */
export class Counts<Name extends string> {
  readonly #counter: Counter<Name>;
  readonly #series = new Map<Count, Labels<Name>>();

  constructor(configuration: Omit<CounterConfiguration<Name>, 'collect'>) {
    this.#counter = new Counter({ ...configuration, collect: () => this.#pass() });
  }

  /** The series with these labels, which is to be asked for once. */
  series(labels: Labels<Name>): Count {
    const count = new Count();
    this.#series.set(count, labels);
    return count;
  }

  #pass(): void {
    for (const [count, labels] of this.#series) this.#counter.inc(labels, count.take());
  }
}

/** One series of a histogram. */
export class Distribution {
  readonly #bounds: readonly number[];
  /** How many values each bucket has alone; the last one is for those above all bounds. */
  readonly #buckets: number[];
  #sum = 0;
  #count = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#buckets = [...bounds, 0].map(() => 0);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let at = 0;
    while (at < bounds.length && value > (bounds[at] as number)) at += 1;
    (this.#buckets[at] as number) += 1;
    this.#sum += value;
    this.#count += 1;
  }

  /** In prom-client's form. */
  values(metric: string, sharedLabels: object): readonly object[] {
    if (this.#count === 0) return [];
    let below = 0;
    const buckets = ([...this.#bounds, '+Inf'] as const).map((le, at) => {
      below += this.#buckets[at] as number;
      return { metricName: `${metric}_bucket`, labels: { le }, sharedLabels, value: below };
    });
    return [
      ...buckets,
      { metricName: `${metric}_sum`, labels: {}, sharedLabels, value: this.#sum },
      { metricName: `${metric}_count`, labels: {}, sharedLabels, value: this.#count },
    ];
  }
}

/** A histogram; a series is there when it has a value. */
export class Distributions<Name extends string> extends Histogram<Name> {
  readonly #configuration: Configuration<Name>;
  readonly #series = new Map<Distribution, Labels<Name>>();

  constructor(configuration: Configuration<Name>) {
    super({ ...configuration, buckets: [...configuration.buckets] });
    this.#configuration = configuration;
  }

  /** The series with these labels, which is to be asked for once. */
  series(labels: Labels<Name>): Distribution {
    const distribution = new Distribution(this.#configuration.buckets);
    this.#series.set(distribution, labels);
    return distribution;
  }

  /** What the registry asks for when it makes a page, and prom-client's own `get`. */
  async getForPromString() {
    const { name, help } = this.#configuration;
    const values = [...this.#series].flatMap(([each, labels]) => each.values(name, labels));
    return { name, help, type: 'histogram', values, aggregator: 'sum' };
  }
}
