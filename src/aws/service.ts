/** One AWS service as its adapter sees it: checked requests in, results or the API's errors out. */
import type * as z from 'zod';
import type { InputIssue } from '../errors.ts';
import type { AwsClient, AwsCommand } from './client.ts';
import { type ExceptionTable, type Operation, translate } from './exceptions.ts';
import { assertValid } from './input.ts';

export interface Call<Request extends object, Output>
  extends Partial<Pick<Operation, 'missing' | 'conflict'>> {
  readonly shape: z.ZodType;
  readonly request: Request;
  /** Issues by rules that AWS's model does not state, reported together with the others. */
  readonly issues?: readonly InputIssue[];
  readonly command: new (request: Request) => AwsCommand<Output>;
  /** `read`, a change that AWS recognises when it is repeated, or a change that it does not. */
  readonly effect: 'read' | 'repeatableChange' | 'change';
}

export class AwsService {
  readonly #client: AwsClient;
  readonly #name: string;
  readonly #exceptions: ExceptionTable;

  constructor(client: AwsClient, name: string, exceptions: ExceptionTable) {
    this.#client = client;
    this.#name = name;
    this.#exceptions = exceptions;
  }

  /**
   * Validates and sends one request.
   *
   * @throws ApiError of the kind that `call` and the service's exception table give.
   */
  async call<Request extends object, Output>(call: Call<Request, Output>): Promise<Output> {
    const { shape, request, issues, command, effect, missing, conflict } = call;
    assertValid(shape, request, issues);
    try {
      return await this.#client.send(new command(request), { repeatable: effect !== 'change' });
    } catch (error) {
      throw translate(error, {
        service: this.#name,
        exceptions: this.#exceptions,
        changes: effect !== 'read',
        ...(missing && { missing }),
        ...(conflict && { conflict }),
      });
    }
  }
}
