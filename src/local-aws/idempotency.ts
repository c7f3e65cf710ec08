import { AwsException } from './exception.ts';
import type { Call } from './services/service.ts';
import type { Table } from './table.ts';

/** A token that was used, with the request it was used for. `at` is in milliseconds since 1970. */
export interface TokenRow {
  readonly token: string;
  readonly request: string;
  readonly answer: object;
  readonly at: number;
}

/** AWS documents no lifetime for Rekognition's tokens; a day outlasts every client that retries. */
const lifetime = 24 * 60 * 60 * 1000;

/**
 * AWS's client request tokens, kept per operation: the same request under the same token gets the first
 * answer again and changes nothing, another request under it is refused. Only successes are remembered.
 */
export class Idempotency {
  readonly #tokens: Table<TokenRow>;
  readonly #clock: () => Date;

  constructor(tokens: Table<TokenRow>, clock: () => Date) {
    this.#tokens = tokens;
    this.#clock = clock;
  }

  once<Answer extends object>(
    { operation }: Call,
    { ClientRequestToken: token, ...parameters }: { readonly ClientRequestToken?: string | undefined },
    change: () => Answer,
  ): Answer {
    if (token === undefined) return change();
    const now = this.#clock().getTime();
    const request = JSON.stringify(parameters);
    const known = this.#tokens.get(operation, token);
    const used = known && now - known.at < lifetime ? known : undefined;
    if (used && used.request !== request) {
      throw new AwsException(
        'IdempotentParameterMismatchException',
        'The client request token was already used for a request with other parameters',
      );
    }
    if (used) return used.answer as Answer;
    const answer = change();
    this.#forgetExpired(operation, now);
    this.#tokens.put(operation, token, { token, request, answer, at: now });
    return answer;
  }

  #forgetExpired(operation: string, now: number): void {
    for (;;) {
      const [oldest] = this.#tokens.page(operation, { after: 0, limit: 1 }).rows;
      if (!oldest || now - oldest.at < lifetime) return;
      this.#tokens.delete(operation, oldest.token);
    }
  }
}
