/** A world of its own for each of the tests that share a gateway, so that they can wait side by side. */
import type { AdministeredWorld } from '../../src/local-aws/index.ts';
import { type Answer, ofOnlyItem, type TestGateway } from './gateway.ts';

export interface TestWorld extends Pick<AdministeredWorld, 'faults' | 'requests'> {
  /** Runs a document in it over HTTP. */
  readonly query: (document: string, variables?: object) => Promise<Answer>;
}

/** Runs a test's work in a world as new as local AWS is, and ends the world. */
export async function inWorld<Result>(
  { url, localAws: { worlds } }: TestGateway,
  work: (world: TestWorld) => Promise<Result>,
): Promise<Result> {
  const name = worlds.create();
  try {
    const { faults, requests } = worlds.find(name) as AdministeredWorld;
    return await work({
      faults,
      requests,
      async query(query, variables) {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-local-aws-world': name },
          body: JSON.stringify({ query, variables }),
        });
        return ofOnlyItem((await response.json()) as Answer);
      },
    });
  } finally {
    worlds.delete(name);
  }
}
