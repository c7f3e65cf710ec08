/** The forms of files of documents that the tools of clients write. */
import * as z from 'zod';

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
const apolloFormat = 'apollo-persisted-query-manifest';

const apolloManifest = z.object({
  format: z.literal(apolloFormat),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** What GraphQL Code Generator's client preset and relay-compiler write. */
const textsByName = z.record(z.string(), z.string());

/** The documents of a file, or in words why it is none. */
export type Manifest =
  | { readonly documents: readonly (readonly [name: string, text: string])[] }
  | { readonly flaw: string };

/** Reads what a file of JSON has. */
export function readManifest(content: unknown): Manifest {
  if (hasFormat(content)) {
    const { success, data } = apolloManifest.safeParse(content);
    if (!success) {
      return {
        flaw: 'it is not version 1 of an Apollo manifest, whose operations each have an id and a body',
      };
    }
    return { documents: data.operations.map(({ id, body }) => [id, body] as const) };
  }
  const { success, data } = textsByName.safeParse(content);
  return success
    ? { documents: Object.entries(data) }
    : { flaw: 'it must be an object of texts by their ids, or an Apollo manifest' };
}

function hasFormat(content: unknown): boolean {
  return (
    typeof content === 'object' && content !== null && 'format' in content && content.format === apolloFormat
  );
}
