import type { Logger } from '@smithy/types';

/** More than one search for credentials says. */
const MAX_LINES = 20;

/** What the SDK's errors of sources of credentials begin with. */
const REFUSAL = '@smithy/property-provider -> ';

/**
 * What the SDK says while it looks for credentials. It goes from source to source, and when none has any, its error
 * tells nothing of the source that was meant and why that failed: the SDK tells this to its logger alone.
 */
export class CredentialTrace implements Logger {
  readonly #told = new WeakMap<WeakKey, readonly string[]>();
  #lines: string[] = [];

  /** What was refused on the way to an error of the search; calls that wait for one search share its error. */
  of(error: unknown): readonly string[] {
    const key = Object(error) as object;
    const lines = this.#told.get(key) ?? this.#lines;
    if (lines === this.#lines) this.#lines = [];
    this.#told.set(key, lines);
    return lines;
  }

  debug(text: unknown): void {
    if (typeof text !== 'string' || !text.startsWith(REFUSAL)) return;
    const line = withoutSecrets(text.slice(REFUSAL.length).trim());
    if (this.#lines.at(-1) === line) return;
    this.#lines.push(line);
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
  }

  trace(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

/**
 * Of a `credential_process` that failed, Node's error quotes the command with all it was given, and all that it wrote to its
 * error output: either may be a secret.
 */
function withoutSecrets(line: string): string {
  return line.startsWith('Command failed') ? 'Command failed: the credential_process of the profile' : line;
}
