import { awsAccountId, partitionOf } from '../aws-account.ts';

/** Local AWS has one world for all regions, so a collection is in whichever region it is asked for. */
export function collectionArn(id: string, region: string): string {
  return `arn:${partitionOf(region)}:rekognition:${region}:${awsAccountId}:collection/${id}`;
}

/** The id in a collection's ARN of any region; undefined when it is no such ARN, or of another account. */
export function collectionIdIn(arn: string): string | undefined {
  const [, region = '', id = ''] = /^arn:[^:]+:rekognition:([^:]*):\d{12}:collection\/(.+)$/.exec(arn) ?? [];
  return arn === collectionArn(id, region) ? id : undefined;
}

/** The version of the face model that new collections get from AWS at the time of writing. */
export const faceModelVersion = '7.0';
