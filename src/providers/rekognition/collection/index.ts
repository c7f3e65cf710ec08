/** Face collections. */
export { createRekognitionCollection } from './create-rekognition-collection.ts';
export { deleteRekognitionCollection } from './delete-rekognition-collection.ts';
export { examples } from './examples.ts';
export { rekognitionCollection } from './rekognition-collection.ts';
export { rekognitionCollections } from './rekognition-collections.ts';
export { tagRekognitionCollection } from './tag-rekognition-collection.ts';
export { collectionTags } from './tags.ts';
export { RekognitionCollection } from './type.ts';
export { untagRekognitionCollection } from './untag-rekognition-collection.ts';
export { collectionUsers } from './users.ts';
