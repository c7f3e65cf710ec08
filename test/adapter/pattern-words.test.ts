import { expect, test } from 'vitest';
import { isDescribed, requirementOf } from '../../src/adapter/pattern-words.ts';
import { requestPatterns } from '../support/service-models.ts';

test.each(requestPatterns())('The pattern %s has words', pattern => {
  expect(isDescribed(pattern)).toBe(true);
  // "collectionId must …."
  expect(requirementOf(pattern)).toMatch(/^(?:must|may contain only) .*[^.]$/);
});

test('A pattern without words of its own is told as it is', () => {
  expect(isDescribed('[0-9]+')).toBe(false);
  expect(requirementOf('[0-9]+')).toBe('must match the regular expression [0-9]+');
});
