import type { TagResourceRequest } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import type { RekognitionState } from './state.ts';
import { retag, taggedCollection } from './tags.ts';

export const TagResource = implement(
  (
    { ResourceArn, Tags }: Checked<TagResourceRequest>,
    state: Pick<RekognitionState, 'collections'>,
  ): Record<string, never> => {
    const collection = taggedCollection(state, ResourceArn);
    retag(state, collection, { ...collection.tags, ...Tags });
    return {};
  },
);
