/** The AWS account in which everything of local AWS lives; the number is the one of AWS's own examples. */
export const awsAccountId = '123456789012';
