/**
 * An upstream that answers AWS's JSON protocol with fixed texts. It validates and keeps nothing, so that it
 * takes a fraction of the CPU time that any contestant does. It counts calls, at /_stub/calls.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pascalCase } from '../contestants/aws-calls.ts';
import { COLLECTION_ID, IDENTITY_STORE_ID } from '../environment.ts';
import { everyMember, PAGE_SIZE, TAKEN_USER_ID } from '../workloads.ts';

const REQUEST_ID = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';

interface Canned {
  readonly status: number;
  readonly text: string;
}

const ok = (content: object): Canned => ({ status: 200, text: JSON.stringify(content) });

const created = ok({});
const taken: Canned = {
  status: 400,
  text: JSON.stringify({ __type: 'ConflictException', Message: 'The user exists already.' }),
};
const createdIdentityStoreUser = ok({
  IdentityStoreId: IDENTITY_STORE_ID,
  UserId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000d4',
});
const collection = ok({
  UserCount: 120,
  FaceCount: 0,
  FaceModelVersion: '7.0',
  CollectionARN: `arn:aws:rekognition:us-east-1:123456789012:collection/${COLLECTION_ID}`,
  CreationTimestamp: 1_790_000_000,
});
const page = ok({
  Users: Array.from({ length: PAGE_SIZE }, (_, n) => ({
    UserId: `listed-${n}`,
    UserStatus: 'CREATED',
  })),
  NextToken: 'next-page',
});
/** In two parts, between which the id comes that was asked for. */
const user = JSON.stringify({
  UserId: '|',
  ...(pascalCase(everyMember(0)) as object),
  UserStatus: 'ENABLED',
  CreatedAt: 1_790_000_000,
  CreatedBy: 'arn:aws:iam::123456789012:root',
  UpdatedAt: 1_790_000_000,
  UpdatedBy: 'arn:aws:iam::123456789012:root',
}).split('|') as [string, string];

const operations: Readonly<Record<string, (body: string) => Canned>> = {
  'RekognitionService.CreateUser': body => (body.includes(`"UserId":"${TAKEN_USER_ID}"`) ? taken : created),
  'RekognitionService.DescribeCollection': () => collection,
  'RekognitionService.ListUsers': () => page,
  'AWSIdentityStore.CreateUser': () => createdIdentityStoreUser,
  'AWSIdentityStore.DescribeUser': body => {
    const [, id = ''] = /"UserId":"([^"]+)"/.exec(body) ?? [];
    return { status: 200, text: user.join(id) };
  },
};

const latencyMs = Number(process.argv[2]);

const calls: Record<string, number> = Object.fromEntries(Object.keys(operations).map(name => [name, 0]));

function answer(target: string | undefined, path: string | undefined, body: string): Canned {
  if (path === '/_stub/calls') return ok(calls);
  const operation = target === undefined ? undefined : operations[target];
  if (target === undefined || !operation) return { status: 404, text: '{}' };
  calls[target] = (calls[target] ?? 0) + 1;
  return operation(body);
}

// Contestants that wait for their turn keep their connections.
const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    if (latencyMs > 0) setTimeout(respond, latencyMs);
    else respond();
  });

  function respond(): void {
    const { status, text } = answer(request.headers['x-amz-target'] as string | undefined, request.url, body);
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': REQUEST_ID,
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  }
});

server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.once('disconnect', () => process.exit());
