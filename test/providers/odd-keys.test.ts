/** A thing without a usable key in a list: the list is null, since its items cannot be, and the error says which item it was. */
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { startChangedAws } from '../support/changed-aws.ts';
import { json, send } from '../support/http.ts';

/** A list, the member of AWS's answer that has it, and the member of an item that is its key. */
const lists = [
  ['identityStoreUsers', 'userId', 'Users', 'UserId'],
  ['identityStoreGroups', 'groupId', 'Groups', 'GroupId'],
] as const;

test.each(lists)(
  'The error of %s has the place of the item whose key is odd',
  async (field, key, list, member) => {
    const aws = await startChangedAws((_model, _output, answer) => {
      const { [list]: items, ...rest } = answer as Record<string, unknown>;
      if (!Array.isArray(items)) return answer;
      return {
        ...rest,
        [list]: items.map((item: object, at) => (at === 1 ? { ...item, [member]: 5 } : item)),
      };
    });
    onTestFinished(() => aws.stop());
    const env = { IDENTITY_STORE_ID: demoWorld.identityStore.identityStoreId };
    const gateway = await startGatewayOn(aws.url, env, pino({ level: 'silent' }));
    onTestFinished(() => gateway.stop());
    const { body } = await send(
      gateway.url,
      json(JSON.stringify({ query: `{ ${field} { edges { node { ${key} } } } }` })),
    );
    expect(body).toMatchObject({
      data: { [field]: null },
      errors: [
        {
          message: `The Identity Store gave an answer whose ${member} is not of the type string, in ${list}[1].`,
          path: [field],
        },
      ],
    });
  },
);
