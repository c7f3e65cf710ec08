/** How changes in stores are looked for whose answer was lost: the Identity Store recognises no repeat. */
import { found } from '../../adapter/look-up.ts';
import type { KeyWith } from '../../adapter/native-key.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import { accepted } from '../../adapter/request.ts';
import { hasMembers } from '../../adapter/sent-members.ts';
import { missedUpdate, type Settling } from '../../adapter/settling.ts';
import type { AttributeOperation, Kind } from './store-adapter.ts';

type Input = Readonly<Record<string, string | null | undefined>> & KeyWith<'identityStoreId'>;

interface Update {
  readonly operations?: readonly AttributeOperation[];
  readonly [member: string]: unknown;
}

interface Updated {
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly updatedAt?: Date;
  readonly [attribute: string]: unknown;
}

/** No two things of a kind have the same name in a store. One that is older, or has other members, is somebody else's. */
export function createdThing<Create extends object>({
  create,
  getId,
  describe,
  asked,
  rules,
}: Kind<string, Create, never, never, unknown>): Settling<AwsOperation<Create>> {
  return {
    async look(aws, input, since) {
      const { identityStoreId, [rules.name]: name } = input as unknown as Input;
      const uniqueAttribute = { attributePath: rules.name, attributeValue: name ?? '' };
      const key = await found(aws.call(getId, { identityStoreId, alternateIdentifier: { uniqueAttribute } }));
      const thing = key && (await found(aws.call(describe, { ...key, ...asked } as never)));
      if (!thing) return { state: 'notMade' };
      if (!hasMembers(thing, accepted(create, input) as object)) return { state: 'taken' };
      const { createdAt } = thing as { readonly createdAt?: Date };
      if (!createdAt) return { state: 'unclear' };
      return createdAt >= since ? { state: 'made', answer: key } : { state: 'taken' };
    },
  };
}

/** A thing that is as asked for was changed, whoever did it; one that is not, and that nobody has changed since, was not. */
export function updatedThing({
  key,
  describe,
  asked,
}: Pick<Kind<string, never, never, never, unknown>, 'key' | 'describe' | 'asked'>): Settling<AwsOperation> {
  return {
    async look(aws, input, since) {
      const { operations = [], ...given } = input as unknown as Update;
      const wanted = key.names.map(name => [name, given[name]]);
      const thing = await found(aws.call(describe, { ...Object.fromEntries(wanted), ...asked } as never));
      if (!thing) return { state: 'unclear' };
      const { extensions, ...attributes } = thing as Updated;
      const isThere = operations.every(({ attributePath, attributeValue }) => {
        const attribute = { ...extensions, ...attributes }[attributePath];
        return attributeValue === null ? attribute == null : hasMembers(attribute, attributeValue);
      });
      if (isThere) return { state: 'made', answer: {} };
      const { updatedAt } = attributes;
      return missedUpdate(updatedAt, since);
    },
  };
}

/** A thing that is gone is deleted, whoever did it. */
export function deletedThing<Delete extends object>({
  key,
  describe,
}: Pick<Kind<string, never, Delete, never, unknown>, 'key' | 'describe'>): Settling<AwsOperation<Delete>> {
  return {
    proof: 'notFound',
    async look(aws, input) {
      const wanted = key.names.map(name => [name, (input as unknown as Input)[name]]);
      const thing = await found(aws.call(describe, Object.fromEntries(wanted) as never));
      return thing ? { state: 'notMade' } : { state: 'made', answer: {} };
    },
  };
}
