/** Reads Prometheus' text format, as much of it as this gateway writes. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples at an address. */
export async function scrape(url: string | undefined): Promise<readonly Sample[]> {
  if (url === undefined) throw new Error('This gateway serves no metrics.');
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`The metrics were answered with ${response.status}.`);
  return samplesIn(await response.text());
}

export function samplesIn(page: string): readonly Sample[] {
  return page
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
      return {
        name,
        labels: Object.fromEntries(pairs.map(([, key = '', text = '']) => [key, text])),
        value: Number(value),
      };
    });
}

/** The value of the sample with these labels; undefined when there is none. */
export function valueOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels);
  return samples.find(
    each => each.name === name && wanted.every(([key, value]) => each.labels[key] === value),
  )?.value;
}
