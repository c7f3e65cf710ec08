import { anyError, type Examples } from '../examples.ts';

export const examples: Examples = {
  reads: `
  rekognitionCollection(collectionId: "employees") {
    userCount
    creationTimestamp
    users(first: 10) {
      edges { node { id userId userStatus } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  changes: [
    `
mutation CreateRekognitionUser {
  createRekognitionUser(
    input: {collectionId: "employees", userId: "katherine"}
  ) {
    ... on CreateRekognitionUserSuccess {
      user {
        id
        collectionId
        userId
        userStatus
      }
    }
    ${anyError}
    ... on ConflictError { reason }
  }
}
`,
    `
# Alan is one of the demo world's users.
mutation DeleteRekognitionUser {
  deleteRekognitionUser(
    input: {collectionId: "employees", userId: "alan"}
  ) {
    ... on DeleteRekognitionUserSuccess {
      deletedUserId
      userId
    }
    ${anyError}
    ... on NotFoundError {
      resourceType
      resourceId
    }
  }
}
`,
  ],
  command:
    'mutation { createRekognitionUser(input: {collectionId: "employees", userId: "katherine"}) { __typename ' +
    '... on CreateRekognitionUserSuccess { user { id userId userStatus } } ... on Error { code message } } }',
};
