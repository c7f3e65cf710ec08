/**
 * Whether an error may be of the connection, and not of what was asked over it. PostgreSQL's own errors have codes of five
 * characters; those of class 57P are about a server that stops, and those of class 08 about connections.
 */
export function isOfConnection(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code !== 'string' || code.length !== 5 || code.startsWith('57P') || code.startsWith('08');
}
