/** What the installed SDK knows of its operations' exceptions: its type declarations list them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The exceptions that AWS's model lists for an operation.
 *
 * @param client The package's name without its scope, such as `client-rekognition`.
 */
export function modelledExceptions(client: string, operation: string): string[] {
  const entry = fileURLToPath(import.meta.resolve(`@aws-sdk/${client}`));
  const root = entry.slice(0, entry.lastIndexOf(client) + client.length);
  const declaration = readFileSync(`${root}/dist-types/commands/${operation}Command.d.ts`, 'utf8');
  // The base of all exceptions of the service is thrown by every operation, and is none that a model lists.
  if (!/@throws \{@link \w+ServiceException\}\n/.test(declaration))
    throw new Error(`The SDK does not say what ${operation} of ${client} throws as it used to.`);
  const names = [...declaration.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)];
  return names.map(([, name = '']) => name);
}
