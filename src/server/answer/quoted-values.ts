/** Values that messages about variables quote: of a row with one unknown member, GraphQL's implementation repeats all others. */
import type { GraphQLError } from 'graphql';

const start = /^Variable "\$(\w+)" got invalid value (?=[[{])/;

/** The message of an error, without the members of objects and the entries of lists that it quotes. */
export function withoutMembers({ message, originalError }: GraphQLError): string {
  const [beginning, variable] = start.exec(message) ?? [];
  const reason = originalError?.message ?? '';
  if (beginning === undefined || !message.endsWith(`; ${reason}`)) return message;
  const quoted = message.slice(beginning.length, message.length - `; ${reason}`.length);
  // The names of the schema and numbers: what is quoted before has its own quotation marks escaped.
  const [place] = new RegExp(` at "${variable}[\\w.[\\]]*"$`).exec(quoted) ?? [''];
  return `${beginning}${emptied(quoted)}${place}; ${reason.replace(/(?<=: )[[{].*$/s, emptied)}`;
}

function emptied(value: string): string {
  return value.startsWith('[') ? '[…]' : '{…}';
}
