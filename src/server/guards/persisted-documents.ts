/**
 * What is said of documents that are named, and of those that are sent where only trusted ones run.
 *
 * Clients go by the messages and codes of Apollo's protocol, word for word: after `PersistedQueryNotFound`, Apollo Client and
 * urql send the text too, and after `PersistedQueryNotSupported` they name documents no more. Both come with 200, as
 * from Apollo Server: some clients see nothing of an answer with another status.
 */
import type { DocumentStore } from '../../persisted/store.ts';
import { PROTOCOL_VERSION } from '../request/sent-document.ts';
import type { DocumentGuard, Refusal } from './guard.ts';

export const persistedQueryVersion: DocumentGuard = {
  name: 'the version of the persisted query',
  check({ name, version }) {
    if (name === undefined || version === PROTOCOL_VERSION) return undefined;
    return { status: 400, code: 'BAD_REQUEST', message: 'Unsupported persisted query version' };
  },
};

/** A guard of documents that are named, and not known. */
export function persistedDocument({ kind }: DocumentStore): DocumentGuard {
  const refusal = unknownDocument[kind];
  return {
    name: 'the persisted document',
    check: ({ name, text, found }) =>
      name === undefined || text !== undefined || found !== undefined ? undefined : refusal,
  };
}

const unknownDocument: Readonly<Record<DocumentStore['kind'], Refusal>> = {
  none: { status: 200, code: 'PERSISTED_QUERY_NOT_SUPPORTED', message: 'PersistedQueryNotSupported' },
  remembered: { status: 200, code: 'PERSISTED_QUERY_NOT_FOUND', message: 'PersistedQueryNotFound' },
  // Not as above: to send the text would be in vain.
  trusted: {
    status: 404,
    code: 'PERSISTED_QUERY_NOT_IN_LIST',
    message:
      'Only trusted documents run here, and none has this id. They stand in the file of TRUSTED_DOCUMENTS.',
  },
};

/** A guard of documents that are sent. It stands before they are parsed, so that none learns of the schema by its mistakes. */
export function trustedDocument(store: DocumentStore): DocumentGuard {
  return {
    name: 'the trusted documents',
    check({ text }) {
      if (text === undefined || store.allows(text)) return undefined;
      return {
        status: 403,
        code: 'QUERY_NOT_IN_SAFELIST',
        message:
          'Only trusted documents run here, and this is none of them. They stand in the file of TRUSTED_DOCUMENTS; without it, every document runs.',
      };
    },
  };
}

/** A guard of documents that are sent with a name. */
export function documentName(store: DocumentStore): DocumentGuard {
  return {
    name: 'the hash of the document',
    check({ name, text }) {
      if (name === undefined || text === undefined || store.isNameOf(name, text)) return undefined;
      return {
        status: 400,
        code: 'PERSISTED_QUERY_HASH_MISMATCH',
        message: 'provided sha does not match query',
      };
    },
  };
}
