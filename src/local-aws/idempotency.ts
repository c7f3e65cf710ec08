import type { Database } from './database.ts';
import { AwsException } from './exception.ts';
import type { Call } from './services/service.ts';

/** AWS documents no lifetime for tokens; a day outlasts every client that retries. */
const lifetime = 24 * 60 * 60 * 1000;

/** The requests that tokens were used for, and their answers, as JSON. `at` is in milliseconds since 1970. */
const schema = (table: string) => `
CREATE TABLE IF NOT EXISTS ${table} (
  operation TEXT NOT NULL,
  token TEXT NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (operation, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ${table}_by_age ON ${table} (at);
`;

/**
 * AWS's client request tokens, kept per operation: the same request under the same token gets the first
 * answer again and changes nothing, another request under it is refused. Only successes are remembered.
 */
export class Idempotency {
  readonly #database: Database;
  readonly #table: string;
  readonly #clock: () => Date;
  readonly #mismatch: (token: string) => AwsException;

  /**
   * @param table the table that keeps the tokens of a service
   * @param mismatch what the service answers to another request under a token that was used
   */
  constructor(
    database: Database,
    table: string,
    clock: () => Date,
    mismatch: (token: string) => AwsException = parameterMismatch,
  ) {
    this.#database = database;
    this.#table = table;
    this.#clock = clock;
    this.#mismatch = mismatch;
    database.declare(schema(table));
  }

  once<Answer extends object>(
    { operation }: Call,
    { ClientRequestToken: token, ...parameters }: { readonly ClientRequestToken?: string | undefined },
    change: () => Answer,
  ): Answer {
    if (token === undefined) return change();
    const now = this.#clock().getTime();
    const expired = now - lifetime;
    const request = JSON.stringify(parameters);
    const used = this.#database.row(
      `SELECT request, answer FROM ${this.#table} WHERE operation = :operation AND token = :token AND at > :expired`,
      { operation, token, expired },
    );
    if (used && used[0] !== request) throw this.#mismatch(token);
    if (used) return JSON.parse(used[1] as string) as Answer;
    const answer = change();
    this.#database.run(`DELETE FROM ${this.#table} WHERE at <= :expired`, { expired });
    this.#database.run(`INSERT INTO ${this.#table} VALUES (:operation, :token, :request, :answer, :now)`, {
      operation,
      token,
      request,
      answer: JSON.stringify(answer),
      now,
    });
    return answer;
  }
}

function parameterMismatch(token: string): AwsException {
  return new AwsException(
    'IdempotentParameterMismatchException',
    `The ClientRequestToken: ${token} you have supplied is already in use.`,
  );
}
