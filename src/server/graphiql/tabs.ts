/**
 * The tabs that GraphiQL opens on. On the demo world of local AWS each succeeds at the first click, and the
 * changes show a typed error at the second. Values stand in the documents because GraphiQL ignores the
 * variables of the first tab.
 */
import type { Examples } from '../../providers/examples.ts';
import type { Gateway } from '../../schema/context.ts';

export interface Tab {
  readonly query: string;
}

/** The tabs for the providers that the gateway serves: one that reads, and one for each mutation. */
export function tabsFor({ connected }: Pick<Gateway, 'connected'>): Tab[] {
  const examples = [...connected.values()].map(provider => provider.examples);
  const documents = [welcome(examples), ...examples.flatMap(({ changes }) => changes)];
  return documents.map(query => ({ query: query.trimStart() }));
}

function welcome(examples: readonly Examples[]): string {
  return `
# Welcome to Vestibule, one door to the users
# that AWS keeps in three places.
#
# This tab reads; the others change something.
# Run one with the button or Ctrl-Enter. Run a
# change twice to see a typed error.
# The book at the top left explains everything.
query Welcome {
  providers {
    id
    enabled
    region
    endpointKind
    notice
  }
${examples.map(({ reads }) => reads).join('')}}
`;
}
