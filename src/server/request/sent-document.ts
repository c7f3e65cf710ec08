/** What a request says of its document: its text, a name for it, or both. */
import { type DocumentStore, nameOf } from '../../persisted/store.ts';
import { isObject, type SentParameters } from './sent-parameters.ts';

export interface SentDocument {
  /** The text, if it was sent. */
  readonly text: string | undefined;
  /** What the client calls it. */
  readonly name: string | undefined;
  /** The version of the protocol by which it is named. */
  readonly version: unknown;
  /** The text that the name stands for, where it alone was sent and is known. */
  readonly found: string | undefined;
}

/** The version of Apollo's protocol. */
export const PROTOCOL_VERSION = 1;

const nothing: SentDocument = { text: undefined, name: undefined, version: undefined, found: undefined };

/** What these parameters say of the document. */
export function sentDocument(parameters: SentParameters | undefined, store: DocumentStore): SentDocument {
  if (!parameters) return nothing;
  const { query, documentId, extensions } = parameters;
  // What is no text is left to Yoga, which says what it is.
  if (query != null && typeof query !== 'string') return nothing;
  const text = query ?? undefined;
  if (text !== undefined && store.kind === 'none')
    return { text, name: undefined, version: undefined, found: undefined };
  // The specification's way to name a document comes before Apollo's.
  if (typeof documentId === 'string') return named(text, documentId, PROTOCOL_VERSION, store);
  const persisted = isObject(extensions) ? extensions['persistedQuery'] : undefined;
  if (persisted == null) return { text, name: undefined, version: undefined, found: undefined };
  const { version, sha256Hash }: Record<string, unknown> = isObject(persisted) ? persisted : {};
  // What is no text is no document's name.
  return named(text, typeof sha256Hash === 'string' ? sha256Hash : '', version, store);
}

function named(text: string | undefined, id: string, version: unknown, store: DocumentStore): SentDocument {
  const name = nameOf(id);
  return { text, name, version, found: text === undefined ? store.find(name) : undefined };
}

/** Lets go of what nobody reads any more once the document is known. */
export function forgetExtensions(parameters: SentParameters | undefined): void {
  if (isObject(parameters?.['extensions'])) Object.assign(parameters, { extensions: {} });
}

/** The parameters of the same request with its document's text, for Yoga, which knows of no names. */
export function withText(
  parameters: SentParameters | undefined,
  { name, text, found }: SentDocument,
): SentParameters | undefined {
  if (!parameters || name === undefined) return parameters;
  const { documentId: _documentId, ...others } = parameters;
  return { ...others, query: text ?? found };
}
