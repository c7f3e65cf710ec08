/** Face collections. */
export { examples } from './examples.ts';
export { rekognitionCollection } from './rekognition-collection.ts';
export { rekognitionCollections } from './rekognition-collections.ts';
export { RekognitionCollection } from './type.ts';
export { collectionUsers } from './users.ts';
