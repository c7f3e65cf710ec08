/** The one Pothos builder: what all types of the schema share. */
import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from './context.ts';
import { base64, dateTime, jsonObject, upload } from './scalars.ts';

/** What `id` says on every type that has one. */
export const ID_DESCRIPTION =
  'The global id: opaque, unique over all types, and accepted by the `node` field.';

/** What `cursor` says on every edge. */
export const CURSOR_DESCRIPTION = 'Stands for this place in the list. Opaque; give it to `after`.';

/** What `node` says on every edge. */
export const NODE_DESCRIPTION = 'What is at this place.';

export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Base64: { Input: Uint8Array; Output: Uint8Array };
    DateTime: { Input: Date; Output: Date };
    Upload: { Input: string; Output: never };
    JSONObject: { Input: Readonly<Record<string, unknown>>; Output: Readonly<Record<string, unknown>> };
  };
}>({
  plugins: [RelayPlugin],
  relay: {
    nodeTypeOptions: {
      description:
        'Anything that has an id of its own across all providers, so that it can be fetched again by it.',
    },
    idFieldOptions: { description: ID_DESCRIPTION },
    // nodes.ts has its own, which refuse an id without the others.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    pageInfoFieldOptions: { description: 'Where this page stands in the list.' },
    pageInfoTypeOptions: { description: 'Where a page of a connection stands in its list.' },
    hasNextPageFieldOptions: {
      description: 'Whether more may follow. AWS can say yes and then have nothing more to give.',
    },
    hasPreviousPageFieldOptions: {
      description: 'Whether this page began after a cursor. Connections are read forward only.',
    },
    startCursorFieldOptions: { description: 'The cursor of the first edge; null on an empty page.' },
    endCursorFieldOptions: {
      description:
        'The cursor of the last edge; null on an empty page. Give it to `after` for the next page.',
    },
    cursorFieldOptions: { description: CURSOR_DESCRIPTION },
    nodeFieldOptions: { nullable: false },
    edgesFieldOptions: { nullable: { list: false, items: false } },
  },
});

/** The types that the builder knows, for functions that take parts of it. */
export type SchemaTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

builder.queryType({ description: 'Reads. None of them changes anything at AWS.' });
builder.mutationType({
  description:
    'Changes. Each returns a union: its success, or one of exactly the errors that this operation can meet. ' +
    'They run one after another, in the order of the request.',
});

builder.scalarType('Base64', base64);
builder.scalarType('DateTime', dateTime);
builder.scalarType('JSONObject', jsonObject);
builder.scalarType('Upload', upload);
