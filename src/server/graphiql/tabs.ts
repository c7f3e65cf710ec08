/**
 * The tabs that GraphiQL opens on. On the demo world of local AWS each succeeds at the first click, and the
 * changes show a typed error at the second. Values stand in the documents because GraphiQL ignores the
 * variables of the first tab.
 */
import type { ProviderId } from '../../providers/provider.ts';
import type { Gateway } from '../../schema/context.ts';

export interface Tab {
  readonly query: string;
}

/** The tabs for the providers that the gateway serves: one that reads, and one for each mutation. */
export function tabsFor({ connected }: Pick<Gateway, 'connected'>): Tab[] {
  const enabled = [...connected.keys()];
  return [welcome(enabled), ...enabled.flatMap(id => changes[id])].map(query => ({
    query: query.trimStart(),
  }));
}

function welcome(enabled: readonly ProviderId[]): string {
  return `
# Welcome to Vestibule, one door to the users
# that AWS keeps in three places.
#
# This tab reads; the others change something.
# Run one with the button or Ctrl-Enter. Run a
# change twice to see a typed error.
# The book at the top left explains everything.
query Welcome {
  providers {
    id
    enabled
    region
    endpointKind
    notice
  }
${enabled.map(id => reads[id]).join('')}}
`;
}

const reads: Readonly<Record<ProviderId, string>> = {
  rekognition: `
  rekognitionCollection(collectionId: "employees") {
    userCount
    creationTimestamp
    users(first: 10) {
      edges { node { id userId userStatus } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  'identity-store': `
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
  chime: `
  chimeAccount(accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890") {
    name
    users(first: 10) {
      edges { node { id userId primaryEmail } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
};

const anyError = `... on Error {
      __typename
      message
      code
      retryable
      providerCode
      requestId
    }
    ... on InvalidInputError {
      issues { path message }
    }`;

const changes: Readonly<Record<ProviderId, readonly string[]>> = {
  rekognition: [
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
  'identity-store': [
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
  chime: [
    `
# AWS ended support for Amazon Chime on 2026-02-20.
mutation CreateChimeUser {
  createChimeUser(
    input: {
      accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890"
      username: "katherine"
      email: "katherine@example.com"
      userType: PRIVATE_USER
    }
  ) {
    ... on CreateChimeUserSuccess {
      user {
        id
        userId
        primaryEmail
        displayName
        personalPIN
      }
    }
    ${anyError}
    ... on ConflictError { reason }
  }
}
`,
  ],
};
