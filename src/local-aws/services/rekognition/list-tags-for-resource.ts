import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import type { RekognitionState } from './state.ts';
import { taggedCollection } from './tags.ts';

export const ListTagsForResource = implement(
  (
    { ResourceArn }: Checked<ListTagsForResourceRequest>,
    state: Pick<RekognitionState, 'collections'>,
  ): AwsJson<ListTagsForResourceResponse> => {
    const { tags = {} } = taggedCollection(state, ResourceArn);
    return { Tags: tags };
  },
);
