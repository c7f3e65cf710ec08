import { anyError, type Examples } from '../examples.ts';

export const examples: Examples = {
  reads: `
  identityStoreUser(by: {userName: "ada"}) {
    id
    displayName
    emails { value type primary }
  }
  identityStoreUsers(first: 10) {
    edges { node { userId userName displayName } }
    pageInfo { hasNextPage endCursor }
  }
`,
  changes: [
    `
mutation CreateIdentityStoreUser {
  createIdentityStoreUser(
    input: {
      userName: "katherine"
      displayName: "Katherine Johnson"
      name: {givenName: "Katherine", familyName: "Johnson"}
      emails: [{value: "katherine@example.com", type: "work", primary: true}]
      title: "Mathematician"
      timezone: "America/New_York"
    }
  ) {
    ... on CreateIdentityStoreUserSuccess {
      user {
        id
        userId
        userName
        displayName
        title
        emails { value primary }
      }
    }
    ${anyError}
    ... on ConflictError { reason }
  }
}
`,
    `
# Alan is one of the demo world's users.
mutation DeleteIdentityStoreUser {
  deleteIdentityStoreUser(
    input: {
      userId: "9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3"
    }
  ) {
    ... on DeleteIdentityStoreUserSuccess {
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
    'mutation { createIdentityStoreUser(input: {userName: "katherine", displayName: "Katherine Johnson", ' +
    'name: {givenName: "Katherine", familyName: "Johnson"}}) { __typename ' +
    '... on CreateIdentityStoreUserSuccess { user { id userId userName } } ... on Error { code message } } }',
};
