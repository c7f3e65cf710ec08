/** What AWS itself adds to what is in a store. Its answer to a create has none of it. */
import type { LookUp } from '../../adapter/look-up.ts';
import { builder, type SchemaTypes } from '../../schema/builder.ts';
import type { Context } from '../../schema/context.ts';
import { type Described, stored } from '../../schema/operation/node.ts';

interface ExternalId {
  readonly issuer: string;
  readonly id: string;
}

interface Stamped {
  readonly createdAt?: Date | undefined;
  readonly createdBy?: string | undefined;
  readonly updatedAt?: Date | undefined;
  readonly updatedBy?: string | undefined;
}

interface Stored extends Stamped {
  readonly externalIds?: readonly ExternalId[] | undefined;
}

const IdentityStoreExternalId = builder.objectRef<ExternalId>('IdentityStoreExternalId').implement({
  description: 'The id of a user or a group in another identity provider, which brought it in.',
  fields: t => ({
    issuer: t.exposeString('issuer', { description: 'The identity provider.' }),
    id: t.exposeString('id', { description: 'The id that it gave.' }),
  }),
});

export const afterCreate = ' After a create, asking for it costs one more call to AWS.';

/**
 * When and by whom a thing was made and changed.
 *
 * @param what The thing in a sentence: "user".
 */
export function stampFields<Key, Node extends Key & Stamped>(
  t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Node>,
  find: LookUp<Key, Node>,
  what: string,
) {
  const added = <Member extends keyof Stamped>(
    member: Member,
  ): ((thing: Described<Node>, args: unknown, context: Context) => Promise<Stamped[Member]>) =>
    stored(find, member);
  return {
    createdAt: t.field({
      type: 'DateTime',
      description: `When the ${what} was created.${afterCreate}`,
      resolve: added('createdAt'),
    }),
    createdBy: t.string({
      description: `Who or what created the ${what}.${afterCreate}`,
      resolve: added('createdBy'),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: `When the ${what} was last changed.${afterCreate}`,
      resolve: added('updatedAt'),
    }),
    updatedBy: t.string({
      description: `Who or what last changed the ${what}.${afterCreate}`,
      resolve: added('updatedBy'),
    }),
  };
}

/** The same of users and groups, which other identity providers may know. */
export function storedFields<Key, Node extends Key & Stored>(
  t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Node>,
  find: LookUp<Key, Node>,
  what: string,
) {
  const externalIds: (
    thing: Described<Node>,
    args: unknown,
    context: Context,
  ) => Promise<Stored['externalIds']> = stored(find, 'externalIds');
  return {
    externalIds: t.field({
      type: [IdentityStoreExternalId],
      nullable: { list: true, items: false },
      description: `The ids of the ${what} in other identity providers.${afterCreate}`,
      resolve: externalIds,
    }),
    ...stampFields(t, find, what),
  };
}
