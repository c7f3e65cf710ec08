/**
 * One declaration for each kind of bulk job that exports: what it writes, others read as their rows.
 *
 * The order of a declaration's members matters to the compiler: `input` and `options` come before what takes them.
 */
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import { type ExportKind, registerJobKind } from '../../jobs/job-kind.ts';
import type { Context } from '../context.ts';
import { type JobFacts, jobField, stemOf } from './job-field.ts';
import type { InputBuilder } from './mutation.ts';
import type { ApiOperation, Scope } from './registry.ts';

interface ExportDeclaration<Fields extends InputFieldMap, Options extends object> extends JobFacts {
  /** The mutation whose rows these are. */
  readonly rowsOf: string;
  readonly input: (t: InputBuilder) => Fields;
  readonly options: (input: InputShapeFromFields<Fields>, context: Context) => Options;
  /** What callers need besides the scope, when they ask for it so. */
  readonly furtherScopes?: (options: NoInfer<Options>) => readonly Scope[];
  readonly make: ExportKind<NoInfer<Options>>['make'];
}

/** Declares such a kind. */
export function exportMutation<Fields extends InputFieldMap, Options extends object>(
  name: string,
  declaration: ExportDeclaration<Fields, Options>,
): ApiOperation {
  const { options, furtherScopes = () => [], make, rowsOf } = declaration;
  const operation = jobField(name, {
    ...declaration,
    furtherScopes,
    request: (asked: InputShapeFromFields<Fields>, context) => ({
      kind: kind as unknown as ExportKind,
      options: options(asked, context),
      dryRun: false,
      skipInvalid: false,
    }),
  });
  const kind = { operation, rowType: `${stemOf(rowsOf)}Row`, make };
  registerJobKind(kind);
  return operation;
}
