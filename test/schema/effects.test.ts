/** What an operation of AWS is declared to do is what AWS's name of it says; else the gateway does not start. */
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-rekognition';
import { describe, expect, test } from 'vitest';
import { awsOperation } from '../../src/adapter/operation.ts';
import { rekognition } from '../../src/providers/rekognition/service.ts';
import { CreateUser, ListUsers } from '../../src/providers/rekognition/user/operations.ts';
import { register } from '../../src/schema/operation/registry.ts';
import { sdkServices } from '../support/sdk-services.ts';

const all = sdkServices.flatMap(service =>
  Object.entries(service.model.operations).map(([name, { http }]) => ({
    service,
    name,
    method: http.method,
  })),
);

/** The declaration of an operation with any effect. */
function declare({ service, name }: (typeof all)[number], effect: 'read' | 'change' | 'idempotentChange') {
  const facts = { name: 'Test', provider: 'test', model: service.model, exceptions: {}, parallelLookUps: 1 };
  const { constructor: command } = service.command(name, {});
  return awsOperation(facts, command as never, effect);
}

test.each(all)('$name can be declared as one that reads or as one that changes, not as both', operation => {
  const fits = (effect: 'read' | 'change' | 'idempotentChange') => {
    try {
      return declare(operation, effect).name === operation.name;
    } catch (error) {
      expect((error as Error).message).toMatch(
        new RegExp(`^The operation ${operation.name} is declared as "${effect}", and by its name it `),
      );
      return false;
    }
  };
  const changes = fits('change');
  expect(fits('idempotentChange')).toBe(changes);
  expect(fits('read')).toBe(!changes);
  if (operation.method === 'GET') expect(changes).toBe(false);
  if (['PUT', 'DELETE'].includes(operation.method)) expect(changes).toBe(true);
  if (
    /^(?:Create|Delete|Update|Put|Associate|Disassociate|Tag|Untag|Batch|Index|Invite)/.test(operation.name)
  ) {
    expect(changes).toBe(true);
  }
});

test('The message says what is wrong', () => {
  expect(() => rekognition.operation(CreateUserCommand, 'read')).toThrow(
    new TypeError(
      'The operation CreateUser is declared as "read", and by its name it changes something, unless `readingVerbs` in src/adapter/operation.ts has its first word.',
    ),
  );
  expect(() => rekognition.operation(ListUsersCommand, 'change')).toThrow(
    new TypeError('The operation ListUsers is declared as "change", and by its name it only reads.'),
  );
});

describe('A declaration that', () => {
  const said = { description: 'D.', scope: 'rekognition:tests:read' } as const;

  test.each(['query', 'field', 'node'] as const)(
    'reads (%s) has no operation that changes anything',
    kind => {
      expect(() => register(kind, `Test.${kind}`, { ...said, aws: [ListUsers, CreateUser] })).toThrow(
        new TypeError(`Test.${kind} reads, and declares an operation of AWS that changes something.`),
      );
    },
  );

  test('changes has one', () => {
    expect(() => register('mutation', 'Mutation.test', { ...said, aws: [ListUsers] })).toThrow(
      new TypeError('Mutation.test declares no operation of AWS that changes anything.'),
    );
  });
});
