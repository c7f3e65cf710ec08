import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sha256 } from '../../src/persisted/store.ts';

/** Writes a file for TRUSTED_DOCUMENTS, which is gone after the test, with these documents by their hashes. */
export function manifestFile(texts: readonly string[]): Promise<string> {
  return trustedFile(JSON.stringify(Object.fromEntries(texts.map(text => [sha256(text), text]))));
}

/** Writes a file for TRUSTED_DOCUMENTS, which is gone after the test. */
export async function trustedFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'documents.json');
  await writeFile(file, content);
  return file;
}
