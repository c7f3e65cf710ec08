import type { UntagResourceRequest } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { Checked } from '../wire.ts';
import type { RekognitionState } from './state.ts';
import { retag, taggedCollection } from './tags.ts';

export const UntagResource = implement(
  (
    { ResourceArn, TagKeys }: Checked<UntagResourceRequest>,
    state: Pick<RekognitionState, 'collections'>,
  ): Record<string, never> => {
    const collection = taggedCollection(state, ResourceArn);
    const kept = Object.entries(collection.tags ?? {}).filter(([key]) => !TagKeys.includes(key));
    retag(state, collection, Object.fromEntries(kept));
    return {};
  },
);
