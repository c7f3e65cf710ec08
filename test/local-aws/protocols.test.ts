import { connect } from 'node:net';
import { Sha256Node } from '@smithy/core/checksum';
import { buildQueryString, HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test, vi } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { send, sendTarget, useLocalAws } from '../support/local-aws-clients.ts';

const aws = useLocalAws({ clock: () => new Date('2026-01-02T03:04:05.678Z') });
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const { identityStoreId: IdentityStoreId, users } = demoWorld.identityStore;
const { accountId } = demoWorld.chime;

/** As a member of a request. */
const enterprise = (document: string) => `"Extensions": {"aws:identitystore:enterprise": ${document}}`;

describe('AWS JSON 1.1', () => {
  test('answers with seconds since 1970, its content type and a request id', async () => {
    const answer = await sendTarget(aws.local.url, 'AWSIdentityStore.DescribeUser', {
      IdentityStoreId,
      UserId: users[0].userId,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(uuid);
    expect(answer.json).toMatchObject({ CreatedAt: 1767323045.678, UserName: 'ada' });
  });

  test('names the exception in the body, with the members that the service has', async () => {
    const missing = await sendTarget(aws.local.url, 'AWSIdentityStore.ListUsers', {
      IdentityStoreId: 'd-0000000000',
    });
    expect(missing.status).toBe(400);
    expect(missing.json).toEqual({
      __type: 'ResourceNotFoundException',
      RequestId: missing.headers.get('x-amzn-requestid'),
      Message: 'IdentityStore not present for IdentityStoreId: d-0000000000',
      ResourceType: 'IDENTITY_STORE',
      ResourceId: 'd-0000000000',
    });
  });

  test('names the exception of Rekognition twice, with the id of its log', async () => {
    const target = 'RekognitionService.ListUsers';
    const missing = await sendTarget(aws.local.url, target, { CollectionId: 'nobody' });
    expect(missing.json).toEqual({
      __type: 'ResourceNotFoundException',
      Code: 'ResourceNotFoundException',
      Logref: expect.stringMatching(uuid),
      Message: 'The collection id: nobody does not exist',
    });
    const refused = await sendTarget(aws.local.url, target, { CollectionId: '' });
    expect([refused.status, refused.exception]).toEqual([400, 'ValidationException']);
  });

  test.each([
    ['RekognitionService.DetectLabels', 'Local AWS does not have the operation DetectLabels of rekognition'],
    ['RekognitionService.Nonsense', 'There is no operation Nonsense in rekognition'],
    ['RekognitionService.constructor', 'There is no operation constructor in rekognition'],
    ['RekognitionService.__proto__', 'There is no operation __proto__ in rekognition'],
    ['RekognitionService.', 'There is no operation  in rekognition'],
    [
      'DynamoDB_20120810.ListTables',
      'Local AWS knows no operation for the target DynamoDB_20120810.ListTables',
    ],
    ['nonsense', 'Local AWS knows no operation for the target nonsense'],
  ])('refuses the target %s', async (target, Message) => {
    const answer = await sendTarget(aws.local.url, target, {});
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(uuid);
    expect(answer.json).toEqual({ __type: 'UnknownOperationException', Message });
  });

  test.each([
    ['{', 'The request body is not valid JSON'],
    ['[]', 'The request body is not a JSON object'],
    ['null', 'The request body is not a JSON object'],
    ['"text"', 'The request body is not a JSON object'],
    ['{"CollectionId": 5}', 'NUMBER_VALUE can not be converted to a String'],
    ['{"CollectionId": true}', 'TRUE_VALUE can not be converted to a String'],
    ['{"CollectionId": ["a"]}', 'Start of list found where not expected'],
    ['{"CollectionId": {}}', 'Start of structure or map found where not expected'],
    ['{"CollectionId": "a", "MaxResults": "5"}', 'STRING_VALUE can not be converted to an Integer'],
    ['{"CollectionId": "a", "MaxResults": 5.5}', 'NUMBER_VALUE can not be converted to an Integer'],
    ['{"CollectionId": "a", "MaxResults": 1e300}', 'NUMBER_VALUE can not be converted to an Integer'],
    [
      '{"CollectionId": "a", "MaxResults": 12345678901234567890}',
      'NUMBER_VALUE can not be converted to an Integer',
    ],
    [`{"CollectionId": ${'['.repeat(100_000)}`, 'The request body is nested deeper than 100 levels'],
  ])('cannot read %.40s', async (body, Message) => {
    const answer = await sendTarget(aws.local.url, 'RekognitionService.ListUsers', body);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ __type: 'SerializationException', Message });
  });

  test.each([
    [enterprise('{"a": 9007199254740993}'), 'The number 9007199254740993 cannot be kept as it is written'],
    [
      enterprise('{"a": [-0.12345678901234567890]}'),
      'The number -0.12345678901234567890 cannot be kept as it is written',
    ],
    [enterprise('{"a": {"b": 1e400}}'), 'The number 1e400 cannot be kept as it is written'],
    [enterprise('{"a": {"__proto__": 1}}'), 'A member of the name __proto__ cannot be kept'],
    ['"Extensions": {"__proto__": 1}', 'A member of the name __proto__ cannot be kept'],
    [
      enterprise('{"a": 1, "a": 2}'),
      'The request has two members of the name Extensions.aws:identitystore:enterprise.a, and may have one.',
    ],
    ['"DisplayName": "Other"', 'The request has two members of the name DisplayName, and may have one.'],
  ])('refuses what would be kept as something else: %s', async (member, Message) => {
    const person = '"UserName": "x", "DisplayName": "X", "Name": {"GivenName": "X", "FamilyName": "Y"}';
    const body = `{"IdentityStoreId": "${IdentityStoreId}", ${person}, ${member}}`;
    const answer = await sendTarget(aws.local.url, 'AWSIdentityStore.CreateUser', body);
    expect([answer.status, answer.json]).toEqual([400, { __type: 'SerializationException', Message }]);
  });

  test('refuses the same in an update, and keeps numbers of whatever form that are what they were', async () => {
    const update = (value: string) =>
      sendTarget(
        aws.local.url,
        'AWSIdentityStore.UpdateUser',
        `{"IdentityStoreId": "${IdentityStoreId}", "UserId": "${users[0].userId}", "Operations": [
          {"AttributePath": "aws:identitystore:enterprise.a", "AttributeValue": ${value}}]}`,
      );
    const kept = '[9007199254740991, -1.5e300, 0.1]';
    expect((await update(kept)).status).toBe(200);
    for (const refused of ['9007199254740993', '{"__proto__": 1}', '{"a": 1, "a": 1}']) {
      expect((await update(refused)).exception).toBe('SerializationException');
    }
    const Extensions = ['aws:identitystore:enterprise'];
    const { json } = await sendTarget(aws.local.url, 'AWSIdentityStore.DescribeUser', {
      IdentityStoreId,
      UserId: users[0].userId,
      Extensions,
    });
    expect(json['Extensions']).toEqual({
      'aws:identitystore:enterprise': { a: JSON.parse(kept) as unknown },
    });
  });

  test('takes an empty body as an empty input and ignores members it does not know', async () => {
    const empty = await sendTarget(aws.local.url, 'RekognitionService.ListCollections', '');
    expect(empty.json).toEqual({
      CollectionIds: ['employees', 'contractors'],
      FaceModelVersions: ['7.0', '7.0'],
    });
    const unknown =
      '{"__proto__": {"MaxResults": 0}, "constructor": 1, "toString": null, "CollectionId": "employees"}';
    expect((await sendTarget(aws.local.url, 'RekognitionService.ListUsers', unknown)).status).toBe(200);
  });

  test('refuses a body that is not UTF-8', async () => {
    const answer = await send(aws.local.url, '/', {
      method: 'POST',
      headers: { 'x-amz-target': 'RekognitionService.ListUsers' },
      body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
    });
    expect(answer.json).toEqual({
      __type: 'SerializationException',
      Message: 'The request body is not valid UTF-8',
    });
  });

  test.each([
    ['eu-west-1', 'aws'],
    ['ap-mars-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
  ])('puts what is asked for in %s into the partition %s', async (region, partition) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=key/20260102/${region}/service/aws4_request`;
    const post = async (target: string, body: object) =>
      (
        await send(aws.local.url, '/', {
          method: 'POST',
          headers: { authorization, 'x-amz-target': target },
          body: JSON.stringify(body),
        })
      ).json;
    const collection = await post('RekognitionService.DescribeCollection', { CollectionId: 'employees' });
    expect(collection.CollectionARN).toBe(
      `arn:${partition}:rekognition:${region}:123456789012:collection/employees`,
    );
    const person = { UserName: 'x', DisplayName: 'X', Name: { GivenName: 'X', FamilyName: 'Y' } };
    const { UserId } = await post('AWSIdentityStore.CreateUser', { IdentityStoreId, ...person });
    const user = await post('AWSIdentityStore.DescribeUser', { IdentityStoreId, UserId });
    expect([user.CreatedBy, user.UpdatedBy]).toEqual(
      Array(2).fill(`arn:${partition}:iam::123456789012:root`),
    );
  });
});

describe('REST-JSON', () => {
  test('answers with ISO 8601 times, its own status and a request id', async () => {
    const answer = await send(aws.local.url, '/accounts', { method: 'POST', body: '{"Name": "Front"}' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(uuid);
    expect(answer.json).toMatchObject({ Account: { CreatedTimestamp: '2026-01-02T03:04:05.678Z' } });
  });

  test('names the exception in a header and a code in the body', async () => {
    const answer = await send(aws.local.url, '/accounts/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-amzn-errortype')).toBe('NotFoundException');
    expect(answer.json).toEqual({
      Code: 'NotFound',
      Message: 'Unable to find the requested identifier',
      RequestId: answer.headers.get('x-amzn-requestid'),
    });
  });

  test.each([
    ['GET', '/', 404, 'UnknownOperationException'],
    ['GET', '/nothing', 404, 'UnknownOperationException'],
    ['PUT', '/accounts', 404, 'UnknownOperationException'],
    ['OPTIONS', '/accounts', 404, 'UnknownOperationException'],
    ['GET', '/accounts/', 404, 'UnknownOperationException'],
    ['GET', '/accounts//users', 404, 'UnknownOperationException'],
    ['POST', `/accounts/${accountId}/bots`, 404, 'UnknownOperationException'],
    ['GET', '/accounts/%zz', 400, 'SerializationException'],
    ['GET', '/accounts/%ff', 400, 'SerializationException'],
    ['GET', '/accounts/%2e%2e/users', 404, 'NotFoundException'],
    ['GET', '/accounts/%2e%2e%2fusers', 404, 'NotFoundException'],
    ['GET', '/accounts/__proto__', 404, 'NotFoundException'],
    ['GET', '/accounts/%20', 400, 'BadRequestException'],
    ['GET', '/accounts/%0B', 400, 'BadRequestException'],
    // White space only for JavaScript: the `\\S` of AWS's patterns is Java's, which knows ASCII alone.
    ['GET', '/accounts/%C2%A0', 404, 'NotFoundException'],
    ['GET', '/accounts/%E3%80%80', 404, 'NotFoundException'],
    ['GET', '/accounts?max-results=ten', 400, 'SerializationException'],
    ['GET', '/accounts?max-results=', 400, 'SerializationException'],
    ['GET', '/accounts?name=%zz', 200, null],
    ['GET', '/console/accounts', 200, null],
    ['GET', `/console/accounts/${accountId}/users`, 200, null],
    ['GET', '/console/console/accounts', 404, 'UnknownOperationException'],
    ['GET', '/consoleaccounts', 404, 'UnknownOperationException'],
    ['GET', '/accounts?unknown=1&max-results=5', 200, null],
  ])('%s %s gets %i %s', async (method, path, status, name) => {
    // Not fetch, which would resolve the dots in the path.
    const answer = await rawRequest(
      `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: x\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(/x-amzn-errortype: (\w+)/i.exec(answer)?.[1] ?? null).toBe(name);
  });

  test('says which operation it does not have', async () => {
    const answer = await send(aws.local.url, '/meetings', { method: 'POST', body: '{}' });
    expect(answer.json.Message).toBe('Local AWS knows no operation for POST /meetings');
    const bots = await send(aws.local.url, `/accounts/${accountId}/bots`);
    expect(bots.json.Message).toBe('Local AWS does not have the operation ListBots of chime');
  });
});

describe('a presigned request', () => {
  const settings = {
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    region: 'eu-west-1',
    sha256: Sha256Node,
  };
  const presign = async (service: string, request: Partial<HttpRequest>) => {
    const { hostname, port } = new URL(aws.local.url);
    const headers = { host: `${hostname}:${port}`, ...request.headers };
    const whole = new HttpRequest({ protocol: 'http:', hostname, port: Number(port), ...request, headers });
    const signed = await new SignatureV4({ ...settings, service }).presign(whole);
    return `${aws.local.url}${signed.path}?${buildQueryString(signed.query ?? {})}`;
  };

  test('of REST-JSON is served, its query next to the signature', async () => {
    const url = await presign('chime', { path: '/accounts', query: { 'max-results': '1', name: 'Demo' } });
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ Accounts: [{ Name: 'Demo Team' }] });
    const none = await fetch(url.replace('name=Demo', 'name=None'));
    expect(await none.json()).toEqual({ Accounts: [] });
  });

  test('of AWS JSON is served in the region that signed it, with its target in the header or in the query', async () => {
    const target = 'RekognitionService.DescribeCollection';
    const body = '{"CollectionId": "employees"}';
    const post = { method: 'POST', path: '/', body };
    const hoisted = await presign('rekognition', { ...post, headers: { 'x-amz-target': target } });
    expect(new URL(hoisted).searchParams.get('x-amz-target')).toBe(target);
    const plain = await presign('rekognition', post);
    const answers = await Promise.all([
      fetch(hoisted, { method: 'POST', body }),
      fetch(plain, { method: 'POST', body, headers: { 'x-amz-target': target } }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      const CollectionARN = 'arn:aws:rekognition:eu-west-1:123456789012:collection/employees';
      expect(await answer.json()).toMatchObject({ CollectionARN });
    }
  });

  test('without its signature is refused', async () => {
    const url = await presign('chime', { path: '/accounts' });
    const answer = await fetch(url.replace('X-Amz-Signature', 'x'));
    expect(answer.status).toBe(403);
  });
});

test.each([
  ['GET http://example.com:4566/accounts?max-results=1', '', 200, '"Name":"Demo Team"'],
  ['GET HTTP://x/_local-aws/health', '', 200, '{"status":"ok"}'],
  ['POST http://x', 'RekognitionService.ListCollections', 200, '"CollectionIds":["employees","contractors"]'],
  [
    'POST http://x?y',
    'RekognitionService.ListCollections',
    200,
    '"CollectionIds":["employees","contractors"]',
  ],
  ['GET http://x/nothing', '', 404, 'Local AWS knows no operation for GET /nothing'],
  ['GET /accounts/http://x/accounts', '', 404, 'knows no operation for GET /accounts/http://x/accounts'],
])('the target %s is served as its path', async (line, target, status, text) => {
  const answer = await rawRequest(
    `${line} HTTP/1.1\r\nhost: x\r\nauthorization: x\r\nconnection: close\r\nx-amz-target: ${target}\r\n\r\n`,
  );
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain(text);
});

const pad = (length: number) => `{"CollectionId": "employees"${' '.repeat(length - 29)}}`;

describe('every request', () => {
  test('must be signed', async () => {
    const unsigned = { Message: 'The request is not signed' };
    const json = await fetch(aws.local.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'RekognitionService.ListCollections' },
      body: '{}',
    });
    expect(json.status).toBe(403);
    expect(await json.json()).toEqual({ __type: 'MissingAuthenticationTokenException', ...unsigned });
    for (const path of ['/accounts', '/favicon.ico']) {
      const rest = await fetch(`${aws.local.url}${path}`);
      expect(rest.status).toBe(403);
      expect(rest.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
      expect(await rest.json()).toEqual({
        Code: 'MissingAuthenticationTokenException',
        ...unsigned,
        RequestId: rest.headers.get('x-amzn-requestid'),
      });
    }
  });

  test('may be 8 MiB long and no longer', async () => {
    const limit = 8 * 1024 * 1024;
    const longest = await sendTarget(aws.local.url, 'RekognitionService.ListUsers', pad(limit));
    expect(longest.status).toBe(200);
    const tooLong = await sendTarget(aws.local.url, 'RekognitionService.ListUsers', pad(limit + 1));
    expect(tooLong.status).toBe(413);
    expect(tooLong.json).toEqual({
      __type: 'RequestEntityTooLargeException',
      Message: 'The request body is too large',
    });
  });

  test('that is too large is refused without a content length too', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    const body = new ReadableStream({
      start(controller) {
        for (let count = 0; count < 9; count++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const answer = await send(aws.local.url, '/', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(413);
  });

  test('however broken leaves local AWS running', async () => {
    const log = vi.spyOn(console, 'error');
    const random = randomBytes(7);
    const targets = ['RekognitionService.CreateUser', 'AWSIdentityStore.CreateUser', ''];
    const methods = ['GET', 'POST', 'DELETE', 'HEAD', 'PATCH', 'X', ''];
    for (let round = 0; round < 150; round++) {
      const method = methods[round % methods.length] ?? '';
      const target = targets[round % targets.length] ?? '';
      const path = `/${'accounts/%2e%2e/users?\u0001%'.slice(0, round % 25)}`;
      const body = Buffer.from(random(round));
      const head = `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: x\r\nx-amz-target: ${target}\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n`;
      const answer = await rawRequest(Buffer.concat([Buffer.from(head), body]));
      expect(answer).toMatch(/^(HTTP\/1\.1 [234]\d\d |$)/);
      expect(answer).not.toContain('at ');
    }
    for (let round = 0; round < 30; round++) await rawRequest(Buffer.from(random(200)));
    expect(await rawRequest(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    );
    expect((await send(aws.local.url, '/_local-aws/health')).json).toEqual({ status: 'ok' });
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});

/** Whatever comes back for bytes that need not be HTTP. */
function rawRequest(bytes: string | Buffer): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(aws.local.port, '127.0.0.1');
    let answer = '';
    socket.on('data', data => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
    socket.setTimeout(300, () => socket.destroy());
    socket.write(bytes);
  });
}

/** The same bytes at every run. */
function randomBytes(seed: number): (length: number) => number[] {
  let state = seed;
  return length =>
    Array.from({ length }, () => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >>> 16) & 0xff;
    });
}
