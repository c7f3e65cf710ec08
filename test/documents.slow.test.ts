/** That the code in the documents compiles as it stands there. */
import { expect, test, vi } from 'vitest';
import { allSnippets, compilerOn, surroundings } from './support/snippets.ts';

// It runs the compiler, on whatever machine.
vi.setConfig({ testTimeout: 120_000 });

const snippets = await allSnippets();

test('Each piece of code in the documents stands where it is known what stands around it', () => {
  const unknown = snippets.filter(snippet => !snippet.surroundings);
  expect(
    unknown.map(
      ({ document, code }) => `${document}: say in test/support/snippets.ts what stands around:\n${code}`,
    ),
  ).toEqual([]);
  expect(snippets).toHaveLength(surroundings.length);
});

test('Each that uses packages of the gateway compiles there; `npm run clients` compiles those that use others', async () => {
  expect(await compilerOn(snippets, '.')).toBe('');
});
