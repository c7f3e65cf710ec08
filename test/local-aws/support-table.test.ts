import { readFile } from 'node:fs/promises';
import * as chime from '@aws-sdk/client-chime';
import * as chimeSdkIdentity from '@aws-sdk/client-chime-sdk-identity';
import * as identityStore from '@aws-sdk/client-identitystore';
import * as rekognition from '@aws-sdk/client-rekognition';
import { expect, test } from 'vitest';
import { type OperationModel, serviceModel } from '../../src/local-aws/protocols/model.ts';
import { type RawAnswer, send, sendTarget, useLocalAws } from '../support/local-aws-clients.ts';

const aws = useLocalAws();
const readme = await readFile(new URL('../../src/local-aws/README.md', import.meta.url), 'utf8');

/** By the heading of its rows in the table: all operations that AWS has, and how an empty request is sent. */
const services = {
  Rekognition: { sdk: rekognition, request: byTarget('RekognitionService') },
  'Identity Store': { sdk: identityStore, request: byTarget('AWSIdentityStore') },
  Chime: { sdk: chime, request: byPath },
  'Chime SDK Identity': { sdk: chimeSdkIdentity, request: byPath },
};

function byTarget(prefix: string) {
  return ({ name }: OperationModel): Promise<RawAnswer> => sendTarget(aws.local.url, `${prefix}.${name}`, {});
}

function byPath({ http }: OperationModel): Promise<RawAnswer> {
  const [method = '', uri = ''] = http ?? [];
  return send(aws.local.url, uri.replaceAll(/\{\w+\}/g, 'x'), { method });
}

/** The names in the first column, under the row whose name is in bold. */
function rowsUnder(heading: string): string[] {
  const names = [...readme.matchAll(/^\| (\S[^|]*?) +\|/gm)].map(([, name = '']) => name);
  const after = names.slice(names.indexOf(`**${heading}**`) + 1);
  const end = after.findIndex(name => name.startsWith('**'));
  return end < 0 ? after : after.slice(0, end);
}

test.each(Object.entries(services))(
  'the README lists the operations of %s that local AWS answers, and no other',
  async (heading, { sdk, request }) => {
    const answered: string[] = [];
    for (const operation of serviceModel(sdk).operations.values()) {
      const { message } = await request(operation);
      if (!message.startsWith('Local AWS does not have the operation')) answered.push(operation.name);
    }
    expect(answered).not.toEqual([]);
    expect(rowsUnder(heading).toSorted()).toEqual(answered.toSorted());
  },
);
