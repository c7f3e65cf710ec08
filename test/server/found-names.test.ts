/** What the list of examples in GraphiQL's page finds. How it opens there, `npm run browser` tries. */
import { expect, test } from 'vitest';
import { foundNames } from '../../src/server/graphiql/browser/found-names.ts';
import { schema } from '../support/graphiql.ts';

const names = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(type =>
  Object.keys(type?.getFields() ?? {}),
);

test.each(names)('%s is the first that is found by its whole name, however it is written', name => {
  for (const order of [names, names.toReversed()]) {
    for (const typed of [name, name.toUpperCase(), ` ${name.toLowerCase()} `]) {
      expect([typed, foundNames(order, typed)[0]]).toEqual([typed, name]);
    }
  }
});

test('The names that begin with what was typed come before those that only have it, in the order of the list', () => {
  const listed = ['updateUsers', 'users', 'user', 'deleteUser', 'userFaces', 'groups'];
  expect(foundNames(listed, 'USER')).toEqual(['user', 'users', 'userFaces', 'updateUsers', 'deleteUser']);
  expect(foundNames(listed, ' ')).toEqual(listed);
  expect(foundNames(listed, 'nobody')).toEqual([]);
});
