/** Request shapes of Amazon Rekognition (API version 2016-06-27), with the constraints of AWS's own model. */
import { integer, map, string, structure } from './shapes.ts';

export const CollectionId = string({
  min: 1,
  max: 255,
  pattern: { source: '[a-zA-Z0-9_.\\-]+', requirement: 'may contain only letters, digits, "_", "." and "-"' },
});

export const UserId = string({
  min: 1,
  max: 128,
  pattern: {
    source: '[a-zA-Z0-9_.\\-:]+',
    requirement: 'may contain only letters, digits, "_", ".", "-" and ":"',
  },
});

export const ClientRequestToken = string({
  min: 1,
  max: 64,
  pattern: { source: '^[a-zA-Z0-9-_]+$', requirement: 'may contain only letters, digits, "-" and "_"' },
});

const PaginationToken = string({ max: 255 });

const tagCharacters = 'may contain only letters, digits, spaces and any of _ . : / = + - @';

const Tags = map(
  string({
    min: 1,
    max: 128,
    pattern: {
      source: '^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$',
      requirement: `${tagCharacters}, and must not begin with "aws:"`,
    },
  }),
  string({
    max: 256,
    pattern: { source: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$', requirement: tagCharacters },
  }),
  { min: 0, max: 200 },
);

export const CreateCollectionRequest = structure({ CollectionId, Tags: Tags.optional() });

export const DescribeCollectionRequest = structure({ CollectionId });

export const ListCollectionsRequest = structure({
  NextToken: PaginationToken.optional(),
  MaxResults: integer({ min: 0, max: 4096 }).optional(),
});

export const DeleteCollectionRequest = structure({ CollectionId });

export const CreateUserRequest = structure({
  CollectionId,
  UserId,
  ClientRequestToken: ClientRequestToken.optional(),
});

export const DeleteUserRequest = structure({
  CollectionId,
  UserId,
  ClientRequestToken: ClientRequestToken.optional(),
});

export const ListUsersRequest = structure({
  CollectionId,
  MaxResults: integer({ min: 1, max: 500 }).optional(),
  NextToken: PaginationToken.optional(),
});
