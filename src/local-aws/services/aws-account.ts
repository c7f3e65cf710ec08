import { partition } from '@aws-sdk/core/client';

/** The AWS account in which everything of local AWS lives; the number is the one of AWS's own examples. */
export const awsAccountId = '123456789012';

/** The region in which local AWS makes its demo world, and that of requests whose signature names none. */
export const defaultRegion = 'us-east-1';

/** The part of AWS that a region belongs to, as ARNs begin with it: `aws`, `aws-cn`, `aws-us-gov` and others. */
export function partitionOf(region: string): string {
  return partition(region).name;
}
