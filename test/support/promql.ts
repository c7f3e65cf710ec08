/** What a PromQL expression names: an approximation that is enough for the expressions of this project. */

export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
  /** The values that labels are compared with, one by one. */
  readonly values: readonly (readonly [label: string, value: string])[];
}

export interface Named {
  readonly selectors: readonly Selector[];
  /** The labels by which results are grouped. */
  readonly grouping: readonly string[];
}

/** Functions and words of the language; an identifier that is none of them is a metric. */
const words = new Set(
  'sum max min avg count rate increase deriv max_over_time histogram_quantile by without on ignoring and or unless offset bool'.split(
    ' ',
  ),
);

export function namesIn(expression: string): Named {
  const grouping = [...expression.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)].flatMap(
    ([, list = '']) => list.split(',').map(label => label.trim()),
  );
  const ungrouped = expression
    .replaceAll(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ');
  const selectors = [...ungrouped.matchAll(/([a-zA-Z_:][\w:]*)\s*(?:\{([^}]*)\})?/g)]
    .filter(([, name = '']) => !words.has(name) && !/^e\d+$/.test(name))
    .map(([, metric = '', matchers = '']) => {
      const pairs = [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g)];
      return {
        metric,
        labels: pairs.map(([, label = '']) => label),
        values: pairs.flatMap(([, label = '', value = '']) =>
          value.split('|').map(each => [label, each] as const),
        ),
      };
    });
  return { selectors, grouping };
}
