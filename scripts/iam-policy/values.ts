/** What may stand for the parts of ARNs that differ between accounts. */

interface Form {
  readonly pattern: RegExp;
  readonly words: string;
}

/** Names and ids, in which IAM takes wildcards. */
const name: Form = {
  pattern: /^[\w.*?-]+$/,
  words: 'a name or an id of letters, digits, "_", "." and "-", with IAM’s "*" and "?"',
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const forms: Readonly<Record<string, Form>> = {
  partition: { pattern: /^aws(?:-[a-z]+)*$/, words: 'a partition, such as aws or aws-us-gov' },
  account: { pattern: /^(?:\d{12}|\*)$/, words: 'the 12 digits of an AWS account' },
  region: { pattern: /^(?:[a-z]{2,}(?:-[a-z]+)+-\d+|\*)$/, words: 'a region, such as eu-west-1' },
  identityStoreId: {
    pattern: /^(?:d-[\da-f]{10}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\*)$/,
    words: 'the id of an identity store, such as d-1234567890',
  },
};

/** What is wrong with values for a part, in a sentence; undefined if nothing is. */
export function wrongValue(part: string, values: readonly string[]): string | undefined {
  const { pattern, words } = forms[part] ?? name;
  const wrong = values.find(value => !pattern.test(value));
  return wrong === undefined ? undefined : `"${wrong}" is not ${words}.`;
}
