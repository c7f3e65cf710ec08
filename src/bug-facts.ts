/** What may be told of an error that nobody foresaw. */

export interface BugFacts {
  readonly type: string;
  /** Where it was thrown, and how the code came there. */
  readonly stack: string;
  readonly cause?: BugFacts;
}

const MAX_CAUSES = 5;

/**
 * The class of an error and the places in the code that it came by. Its message, and whatever else it holds, may quote
 * what people entrusted to this gateway: `JSON.parse` quotes the text that is none, `new URL` keeps the whole of it.
 */
export function factsOfBug(error: unknown, causes = MAX_CAUSES): BugFacts {
  if (!(error instanceof Error)) return { type: typeof error, stack: '' };
  return {
    type: error.constructor.name,
    stack: placesIn(error),
    ...(error.cause !== undefined && causes > 0 && { cause: factsOfBug(error.cause, causes - 1) }),
  };
}

/** The lines of a stack that name places; the message before them can have lines of that form, too. */
function placesIn({ stack = '', message }: Error): string {
  const at = stack.indexOf(message);
  return (at < 0 ? '' : stack.slice(at + message.length))
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.startsWith('at '))
    .join('\n');
}
