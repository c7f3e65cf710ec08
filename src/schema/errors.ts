/** The error types that mutations return. Each shows one class of src/errors.ts. */
import {
  AccessDeniedError,
  type ApiError,
  ConflictError,
  conflictReasons,
  errorCodes,
  IdempotencyMismatchError,
  type InputIssue,
  InvalidInputError,
  NotFoundError,
  ProviderFailureError,
  QuotaExceededError,
  resourceTypes,
  ThrottledError,
} from '../errors.ts';
import { builder } from './builder.ts';

/**
 * An error as the value of a union: wrapped, because a resolver that returns an instance of `Error` counts as
 * one that failed.
 */
export class Refused<Kind extends ApiError = ApiError> {
  readonly error: Kind;

  constructor(error: Kind) {
    this.error = error;
  }
}

/** The values of an enum, from what is said of each. */
function described<Value extends string>(
  descriptions: Readonly<Record<Value, string>>,
): Record<Value, { readonly description: string }> {
  const values = Object.entries<string>(descriptions).map(([value, description]) => [value, { description }]);
  return Object.fromEntries(values) as Record<Value, { readonly description: string }>;
}

const ErrorCode = builder.enumType('ErrorCode', {
  description: 'The kinds of errors, one for each error type.',
  values: described(errorCodes),
});

export const ErrorInterface = builder.interfaceRef<Refused>('Error').implement({
  description: 'What every error tells.',
  resolveType: ({ error }) => error.name,
  fields: t => ({
    message: t.string({
      nullable: false,
      description: 'What went wrong, for a person. The wording may change; programs read `code`.',
      resolve: ({ error }) => error.message,
    }),
    code: t.field({
      type: ErrorCode,
      nullable: false,
      description: 'The kind of error, for programs.',
      resolve: ({ error }) => error.code,
    }),
    providerCode: t.string({
      description: "The name of AWS's exception; null when the gateway itself refused or AWS gave no name.",
      resolve: ({ error }) => error.providerCode,
    }),
    requestId: t.string({
      description: 'The id of the request at AWS, to quote to AWS Support; null when AWS gave none.',
      resolve: ({ error }) => error.requestId,
    }),
    retryable: t.boolean({
      nullable: false,
      description: 'Whether the same request, sent again unchanged, may succeed.',
      resolve: ({ error }) => error.retryable,
    }),
  }),
});

const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One thing that is wrong with an input.',
  fields: t => ({
    path: t.exposeStringList('path', {
      nullable: { list: false, items: false },
      description:
        'Where it is in the input: names of fields, and positions in lists from 0. Empty when it is unknown.',
    }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'What would be right, in a sentence that names the field.',
    }),
  }),
});

const ConflictReason = builder.enumType('ConflictReason', {
  description: 'Why a change contradicts what exists.',
  values: described(conflictReasons),
});

const ResourceType = builder.enumType('ResourceType', {
  description: 'The kinds of things that can be missing.',
  values: described(resourceTypes),
});

function errorType<Kind extends ApiError>(name: Kind['name']) {
  return builder.objectRef<Refused<Kind>>(name);
}

const InvalidInputErrorType = errorType<InvalidInputError>('InvalidInputError').implement({
  description: 'Returned when the input breaks a rule of AWS or of this API. Lists what is wrong, at once.',
  interfaces: [ErrorInterface],
  fields: t => ({
    issues: t.field({
      type: [InputIssueType],
      nullable: { list: false, items: false },
      description:
        'Everything that is wrong, up to 100 issues and some 50,000 characters; `message` tells how many more there are at least. Never empty.',
      resolve: ({ error }) => error.issues,
    }),
  }),
});

const NotFoundErrorType = errorType<NotFoundError>('NotFoundError').implement({
  description: 'Returned when something that the input names does not exist.',
  interfaces: [ErrorInterface],
  fields: t => ({
    resourceType: t.field({
      type: ResourceType,
      description: 'What kind of thing is missing; null when AWS does not tell.',
      resolve: ({ error }) => error.resourceType,
    }),
    resourceId: t.string({
      description: 'The native id of what is missing; null when AWS does not tell.',
      resolve: ({ error }) => error.resourceId,
    }),
  }),
});

const ConflictErrorType = errorType<ConflictError>('ConflictError').implement({
  description: 'Returned when the change contradicts what exists, such as a second user of the same name.',
  interfaces: [ErrorInterface],
  fields: t => ({
    reason: t.field({
      type: ConflictReason,
      nullable: false,
      description: 'Why it conflicts.',
      resolve: ({ error }) => error.reason,
    }),
  }),
});

const QuotaExceededErrorType = errorType<QuotaExceededError>('QuotaExceededError').implement({
  description:
    'Returned when a quota of the AWS account is used up, such as the users of a collection, or when the caller has as many bulk jobs as it may have.',
  interfaces: [ErrorInterface],
});

const IdempotencyMismatchErrorType = errorType<IdempotencyMismatchError>(
  'IdempotencyMismatchError',
).implement({
  description: 'Returned when the idempotencyKey was used before with another input.',
  interfaces: [ErrorInterface],
});

const AccessDeniedErrorType = errorType<AccessDeniedError>('AccessDeniedError').implement({
  description:
    'Returned when the caller lacks a scope or may not reach what the input names, and when AWS does not let the ' +
    'credentials of this gateway perform the operation; `providerCode` tells which.',
  interfaces: [ErrorInterface],
  fields: t => ({
    scope: t.string({
      description: 'The scope that the caller lacks; null when something else denies it.',
      resolve: ({ error }) => error.scope,
    }),
  }),
});

const ThrottledErrorType = errorType<ThrottledError>('ThrottledError').implement({
  description:
    'Returned when AWS takes no more requests at this rate, after the gateway repeated it some times.',
  interfaces: [ErrorInterface],
  fields: t => ({
    retryAfterSeconds: t.int({
      description: 'How long AWS asks to wait; null when it does not say.',
      resolve: ({ error }) => error.retryAfterSeconds,
    }),
  }),
});

const ProviderFailureErrorType = errorType<ProviderFailureError>('ProviderFailureError').implement({
  description:
    'Returned when AWS fails, cannot be reached, does not answer in time, or answers what nobody understands. ' +
    '`outcomeUnknown` tells whether the change may have been made all the same.',
  interfaces: [ErrorInterface],
  fields: t => ({
    outcomeUnknown: t.boolean({
      nullable: false,
      description:
        'Whether the change may or may not have been made, because the answer of AWS was lost and what became of it could not ' +
        'be found out. If it is false, nothing was changed, as with all other errors. If it is true and `retryable` is, too, ' +
        'the same request is safe to repeat; otherwise look what there is before you repeat it.',
      resolve: ({ error }) => error.outcomeUnknown,
    }),
  }),
});

/** The error types by name, for the unions that list them. */
export const errorTypes = {
  AccessDeniedError: AccessDeniedErrorType,
  ConflictError: ConflictErrorType,
  IdempotencyMismatchError: IdempotencyMismatchErrorType,
  InvalidInputError: InvalidInputErrorType,
  NotFoundError: NotFoundErrorType,
  ProviderFailureError: ProviderFailureErrorType,
  QuotaExceededError: QuotaExceededErrorType,
  ThrottledError: ThrottledErrorType,
};

export type ErrorName = keyof typeof errorTypes;
