/** What requests reach by the ARNs in them, and by members that a request may leave out. */
import { expect, it } from 'vitest';
import { checkReach, resourceMembers } from '../../src/adapter/reach.ts';
import { Principal } from '../../src/auth/principal.ts';
import { CreateUser } from '../../src/providers/rekognition/user/operations.ts';

/** Whether a caller with such bounds may send it, and what it is told if not. */
function sent(resources: readonly string[], request: object): string {
  const members = resourceMembers(Object.keys(request));
  const principal = new Principal({ id: 'bounded', scopes: ['*'], resources });
  try {
    checkReach(principal, { name: 'Tag', service: CreateUser.service, resourceMembers: members }, request);
    return 'sent';
  } catch (error) {
    return (error as Error).message;
  }
}

const beyond = (resource: string) =>
  `The caller is limited to some resources, of which rekognition:${resource} is none.`;
const boundless = "The caller is limited to some resources, and AWS's Tag cannot be limited to them.";

const arn = (resource: string, service = 'rekognition') =>
  `arn:aws:${service}:us-east-1:123456789012:${resource}`;

it.each<[string, string, object]>([
  ['rekognition:collection/staff', 'sent', { ResourceArn: arn('collection/staff') }],
  ['rekognition:collection/s*', 'sent', { ResourceARN: arn('collection/staff') }],
  ['rekognition:collection/staff', 'sent', { ThingArns: [arn('collection/staff')] }],
  ['rekognition:collection/staff', 'sent', { UserArn: arn('collection/staff/user/1') }],
  ['rekognition:*', 'sent', { ResourceArn: arn('other/1', 's3') }],
  [
    'rekognition:collection/staff',
    beyond('collection/guests'),
    { ThingArns: [arn('collection/staff'), arn('collection/guests')] },
  ],
  [
    'rekognition:collection/staff',
    beyond('collection/guests/user/1'),
    { UserArn: arn('collection/guests/user/1') },
  ],
  [
    'rekognition:collection/staff/user/1',
    beyond('collection/staff'),
    { ResourceArn: arn('collection/staff') },
  ],
  // Not each word of a resource is one.
  [
    'rekognition:collection',
    beyond('collection/staff'),
    { CollectionId: 'staff', ResourceArn: arn('collection/staff') },
  ],
  [
    'rekognition:collection/staff',
    beyond(arn('collection/staff', 's3')),
    { ResourceArn: arn('collection/staff', 's3') },
  ],
  ['rekognition:collection/staff', beyond('collection/staff:1'), { ResourceArn: arn('collection/staff:1') }],
  ['rekognition:collection/staff', beyond('staff'), { ResourceArn: 'staff' }],
  ['rekognition:collection/*', boundless, { CollectionId: undefined, ResourceArn: null }],
  ['rekognition:d-1', boundless, { IdentityStoreId: undefined, GroupIds: [] }],
  ['rekognition:d-1/group/1', beyond('d-1'), { IdentityStoreId: 'd-1', GroupIds: [] }],
  ['rekognition:d-1/group/1', beyond('d-1/group/2'), { IdentityStoreId: 'd-1', GroupIds: ['1', '2'] }],
  ['rekognition:d-1/group/*', 'sent', { IdentityStoreId: 'd-1', GroupIds: ['1', '2'] }],
  ['rekognition:d-1', 'sent', { IdentityStoreId: 'd-1', GroupId: '2' }],
  ['rekognition:group/2', beyond('group/2x'), { GroupId: '2x' }],
  ['rekognition:*', 'sent', { Name: 'x' }],
  ['rekognition:n*', boundless, { Name: 'x' }],
])('a token that is limited to %s: %s', (pattern, outcome, request) => {
  expect(sent([pattern], request)).toBe(outcome);
});
