/**
 * What the compiler refuses in a declaration: `npm run types` fails when one of these is accepted. Nothing runs.
 */
import type { AwsOperation } from '../../src/aws/operation.ts';
import { CreateUser, DeleteUser, ListUsers } from '../../src/providers/rekognition/operations.ts';
import { rekognition } from '../../src/providers/rekognition/session.ts';
import { RekognitionUser } from '../../src/providers/rekognition/user/type.ts';
import { builder } from '../../src/schema/builder.ts';
import { field, mutation, query } from '../../src/schema/operation.ts';

const said = {
  description: 'D.',
  inputDescription: 'I.',
  successDescription: 'Returned when it is done.',
  scope: 'a:b:c',
  aws: [DeleteUser] as readonly AwsOperation[],
} as const;

export function refused(): void {
  mutation('undeclaredInput', {
    ...said,
    input: t => ({ userId: t.string({ required: true }) }),
    // @ts-expect-error The input has no such member.
    run: input => ({ id: input.usreId }),
    success: t => ({ userId: t.string({ resolve: () => '' }) }),
  });
  mutation('missingInput', {
    ...said,
    input: t => ({ userId: t.string({ required: true }) }),
    // @ts-expect-error AWS requires collectionId.
    run: (input, context) => context.session(rekognition).aws.users.delete(input),
    success: t => ({ userId: t.exposeString('userId', { nullable: false }) }),
  });
  mutation('optionalInput', {
    ...said,
    input: t => ({ collectionId: t.string(), userId: t.string({ required: true }) }),
    // @ts-expect-error AWS requires collectionId, and this input may leave it out.
    run: (input, context) => context.session(rekognition).aws.users.delete(input),
    success: t => ({ userId: t.exposeString('userId', { nullable: false }) }),
  });
  mutation('mistypedInput', {
    ...said,
    input: t => ({ collectionId: t.int({ required: true }), userId: t.string({ required: true }) }),
    // @ts-expect-error collectionId is a string.
    run: (input, context) => context.session(rekognition).aws.users.create(input),
    success: t => ({ userId: t.exposeString('userId', { nullable: false }) }),
  });
  mutation('unknownOutcome', {
    ...said,
    input: t => ({ userId: t.string({ required: true }) }),
    run: input => input,
    // @ts-expect-error `run` gives no deletedUserId.
    success: t => ({ deletedUserId: t.exposeString('deletedUserId', { nullable: false }) }),
  });
  mutation('nullableOutcome', {
    ...said,
    input: t => ({ note: t.string() }),
    run: input => input,
    // @ts-expect-error The note may be null.
    success: t => ({ note: t.exposeString('note', { nullable: false }) }),
  });
  mutation('wrongNode', {
    ...said,
    input: t => ({ userId: t.string({ required: true }) }),
    run: () => ({ user: { name: 'Ada' } }),
    // @ts-expect-error This is no RekognitionUser.
    success: t => ({ user: t.field({ type: RekognitionUser, resolve: ({ user }) => user }) }),
  });
  // @ts-expect-error The scope is forgotten.
  mutation('noScope', {
    description: 'D.',
    inputDescription: 'I.',
    successDescription: 'Returned when it is done.',
    aws: [CreateUser],
    input: t => ({ userId: t.string({ required: true }) }),
    run: input => ({ id: input.userId }),
    success: () => ({}),
  });
  mutation('wrongScope', {
    ...said,
    // @ts-expect-error A scope has three parts.
    scope: 'rekognition',
    input: t => ({ userId: t.string({ required: true }) }),
    run: input => input,
    success: () => ({}),
  });
  query('wrongResult', {
    ...said,
    type: RekognitionUser,
    args: t => ({ userId: t.string({ required: true }) }),
    // @ts-expect-error This is no RekognitionUser.
    run: () => ({ userId: 1 }),
  });
  query('nullResult', {
    ...said,
    aws: [ListUsers],
    type: RekognitionUser,
    nullable: false,
    args: t => ({ collectionId: t.string({ required: true }), userId: t.string({ required: true }) }),
    // @ts-expect-error It may be null, and the field may not.
    run: (key, context) => context.session(rekognition).user(key),
  });
  field(builder.objectRef<{ readonly id: string }>('Parent'), 'users', {
    ...said,
    type: 'String',
    args: () => ({}),
    // @ts-expect-error The parent has no such member.
    run: parent => parent.name,
  });
}
