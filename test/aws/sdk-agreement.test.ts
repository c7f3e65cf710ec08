import { expect, test } from 'vitest';
import type { ServiceModel } from '../../src/aws/models/model.ts';
import { differences } from '../support/sdk-differences.ts';
import { models } from '../support/service-models.ts';

const differencesOf = async (model: ServiceModel) =>
  differences(model, await import(`@aws-sdk/client-${model.service}`));

/** What AWS publishes for botocore leaves out these members of Rekognition's exceptions, which no caller reads. */
function known({ service, errors }: ServiceModel): string[] {
  if (service !== 'rekognition') return [];
  return Object.keys(errors).flatMap(exception =>
    ['Message', 'Code', 'Logref'].map(
      member => `rekognition: ${exception}'s members: ${member} is in the SDK alone.`,
    ),
  );
}

test.each(models)('The model of $service says what the SDK says', async model => {
  expect(await differencesOf(model)).toEqual(known(model));
});

/** A copy of Chime's model with one line changed. */
function changed(line: RegExp, replacement: string): ServiceModel {
  const text = JSON.stringify(models.find(({ service }) => service === 'chime'));
  const other = text.replace(line, replacement);
  expect(other).not.toBe(text);
  return JSON.parse(other) as ServiceModel;
}

test.each([
  [
    'a method',
    /"POST","requestUri":"\/accounts"/,
    '"PUT","requestUri":"/accounts"',
    "CreateAccount's method: PUT in the data, POST in the SDK.",
  ],
  [
    'a URI',
    /"requestUri":"\/accounts"/,
    '"requestUri":"/konten"',
    "CreateAccount's URI: /konten in the data, /accounts in the SDK.",
  ],
  [
    'a label',
    /"\/accounts\/\{accountId\}"/,
    '"/accounts/{account}"',
    "GetAccount's URI: /accounts/{account, of which the data has no member} in the data, /accounts/{AccountId} in the SDK.",
  ],
  [
    'a status',
    /"responseCode":201/,
    '"responseCode":200',
    "CreateAccount's status: 200 in the data, 201 in the SDK.",
  ],
  [
    'an exception',
    /"errors":\["UnauthorizedClientException",/,
    '"errors":[',
    "CreateAccount's exceptions: UnauthorizedClientException is in the SDK alone.",
  ],
  [
    "an exception's status",
    /"httpStatus":404/,
    '"httpStatus":400',
    "NotFoundException's status: 400 in the data, 404 in the SDK.",
  ],
  [
    "an exception's fault",
    /"httpStatus":404,"senderFault":null,"fault":false/,
    '"httpStatus":404,"senderFault":null,"fault":true',
    "NotFoundException's fault: server in the data, client in the SDK.",
  ],
  [
    'a member',
    /"Username":\{"shape":"String"\},/,
    '',
    "CreateUserRequest's members: Username is in the SDK alone.",
  ],
  [
    'a required member',
    /"required":\["Name"\]/,
    '"required":[]',
    "CreateAccountRequest's required members: Name is in the SDK alone.",
  ],
  [
    'a type',
    /"Username":\{"shape":"String"\}/,
    '"Username":{"shape":"Boolean"}',
    "CreateUserRequest.Username's type: boolean in the data, string in the SDK.",
  ],
  [
    'the form of times',
    /,"timestampFormat":"iso8601"/,
    '',
    "Account.CreatedTimestamp's type: timestamp in the data, timestamp, iso8601 in the SDK.",
    "User.RegisteredOn's type: timestamp in the data, timestamp, iso8601 in the SDK.",
    "User.InvitedOn's type: timestamp in the data, timestamp, iso8601 in the SDK.",
  ],
  ['a value of an enum', /"PrivateUser",/, '', "UserType's values: PrivateUser is in the SDK alone."],
  [
    'the place of a member',
    /"location":"querystring","wireName":"name"/,
    '"location":"header","wireName":"name"',
    "ListAccountsRequest.Name's place: header in the data, querystring in the SDK.",
  ],
  [
    'the name of a parameter',
    /"wireName":"user-email"/,
    '"wireName":"email"',
    "ListAccountsRequest.UserEmail's name: email in the data, user-email in the SDK.",
  ],
  [
    'an idempotency token',
    /"Username":\{"shape":"String"/,
    '"Username":{"shape":"String","idempotencyToken":true',
    'CreateUserRequest.Username is an idempotency token: true in the data, false in the SDK.',
  ],
  [
    'what is sensitive',
    /"SensitiveString":\{"type":"string","sensitive":true\}/,
    '"SensitiveString":{"type":"string"}',
    ...[
      'User.PrimaryProvisionedNumber',
      'User.DisplayName',
      'AlexaForBusinessMetadata.AlexaForBusinessRoomArn',
    ].map(at => `${at} is sensitive: false in the data, true in the SDK.`),
  ],
] as const)('A model that differs in %s is found out', async (_what, line, replacement, ...expected) => {
  expect(await differencesOf(changed(line, replacement))).toEqual(expected.map(text => `chime: ${text}`));
});
