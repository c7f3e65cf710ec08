import { anyError, type Examples } from '../examples.ts';

export const examples: Examples = {
  reads: `
  chimeAccount(accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890") {
    name
    users(first: 10) {
      edges { node { id userId primaryEmail } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  changes: [
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
  command:
    'mutation { createChimeUser(input: {accountId: "6f1c2d3e-4b5a-4c6d-8e7f-901234567890", ' +
    'username: "katherine", email: "katherine@example.com", userType: PRIVATE_USER}) { __typename ' +
    '... on CreateChimeUserSuccess { user { id userId email: primaryEmail } } ... on Error { code message } } }',
};
