/** Where faces are in their images. */
import type { OutputOf } from '../../../adapter/request.ts';
import { builder } from '../../../schema/builder.ts';
import type { ListFaces } from './operations.ts';

type Face = NonNullable<OutputOf<typeof ListFaces>['faces']>[number];

export const RekognitionBoundingBox = builder
  .objectRef<NonNullable<Face['boundingBox']>>('RekognitionBoundingBox')
  .implement({
    description:
      "Where a face is in its image, as fractions of the image's width and height; a face that runs over the edge has some below 0 or above 1.",
    fields: t => ({
      width: t.exposeFloat('width', { description: 'How wide it is.' }),
      height: t.exposeFloat('height', { description: 'How high it is.' }),
      left: t.exposeFloat('left', { description: 'How far it is from the left edge.' }),
      top: t.exposeFloat('top', { description: 'How far it is from the top edge.' }),
    }),
  });
