/** The variables that say which documents requests may name, or send. */
import { anyText, choice, optionalText } from './variable.ts';

export const persisted = {
  // A client with Apollo's protocol then needs no setting; what is remembered is bounded, and each document is held to the same limits.
  automatic: choice(
    'PERSISTED_QUERIES',
    ['on', 'off'],
    'on',
    'Whether a document that was valid before can be named by its hash in place of its text (automatic persisted queries). It makes no difference with TRUSTED_DOCUMENTS.',
  ),
  trustedFile: optionalText(
    'TRUSTED_DOCUMENTS',
    anyText('a file of JSON that GraphQL Code Generator, relay-compiler or Apollo’s tools have written'),
    'none: every document may run',
    'The only documents that may run, by their ids, their hashes, or sent as they stand there. It is read at the start.',
  ),
};
