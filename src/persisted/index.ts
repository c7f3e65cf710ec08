/** The documents that requests may name: those that were sent before, or those of a file, which are then the only ones. */
import { readFile } from 'node:fs/promises';
import { type DocumentNode, GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { createParse } from '../server/limits.ts';
import type { KnownDocuments } from '../server/request/known-documents.ts';
import type { DocumentLimits } from '../server/server-limits.ts';
import { StartupError } from '../startup-error.ts';
import { readManifest } from './manifest.ts';
import { type DocumentStore, nameOf, noDocuments, RememberedDocuments, sha256 } from './store.ts';
import { TrustedDocuments } from './trusted-documents.ts';

export interface PersistedConfig {
  /** Whether documents can be named that were sent before. */
  readonly automatic: 'on' | 'off';
  /** The file of the only documents that may run. */
  readonly trustedFile: string | undefined;
}

interface Surroundings {
  readonly schema: GraphQLSchema;
  readonly limits: DocumentLimits;
  /** Those of the file become known, as far as there is room. */
  readonly documents: KnownDocuments;
}

/**
 * The documents that requests may name.
 *
 * @throws StartupError with a line for each thing that is wrong with the file.
 */
export async function openDocuments(
  { automatic, trustedFile }: PersistedConfig,
  surroundings: Surroundings,
): Promise<DocumentStore> {
  if (trustedFile !== undefined) return readTrusted(trustedFile, surroundings);
  return automatic === 'on' ? new RememberedDocuments() : noDocuments;
}

async function readTrusted(
  file: string,
  { schema, limits, documents }: Surroundings,
): Promise<DocumentStore> {
  const wrong = (flaws: readonly string[], cause?: unknown) =>
    new StartupError(
      flaws.map(flaw => `TRUSTED_DOCUMENTS=${JSON.stringify(file)} is wrong: ${flaw}.`),
      { cause },
    );
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw wrong([error instanceof SyntaxError ? 'it is not JSON' : `it cannot be read (${code})`], error);
  }
  const manifest = readManifest(content);
  if ('flaw' in manifest) throw wrong([manifest.flaw]);
  const parse = createParse(limits);
  const texts = new Map<string, string>();
  const flaws: string[] = [];
  for (const [id, text] of manifest.documents) {
    const flaw = flawOfId(id, text, texts);
    const parsed = flaw ?? parsedAndValid(text, parse, schema);
    if (typeof parsed === 'string') flaws.push(`the document ${JSON.stringify(id)} ${parsed}`);
    else {
      texts.set(nameOf(id), text);
      documents.add(text, parsed);
    }
  }
  if (flaws.length > 0) throw wrong(flaws);
  return new TrustedDocuments(texts);
}

function flawOfId(id: string, text: string, others: ReadonlyMap<string, string>): string | undefined {
  const name = nameOf(id);
  const [, prefix, digits = ''] = /^(sha256:)?(.*)$/is.exec(id) ?? [];
  const claims = prefix !== undefined || /^[\da-f]{64}$/i.test(digits);
  if (claims && sha256(text) !== digits.toLowerCase()) return 'has another SHA-256 than its id';
  const other = others.get(name);
  return other === undefined || other === text ? undefined : 'has the id of another one';
}

function parsedAndValid(
  text: string,
  parse: (text: string) => DocumentNode,
  schema: GraphQLSchema,
): DocumentNode | string {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return `cannot be used: ${withoutStop(error.message)}`;
  }
  const [mistake] = validate(schema, document);
  return mistake ? `is not valid: ${withoutStop(mistake.message)}` : document;
}

function withoutStop(message: string): string {
  return message.replace(/\.$/, '');
}
