/** Face collections. */
export { examples } from './examples.ts';
export { rekognitionCollection } from './rekognition-collection.ts';
export { collectionUsers } from './users.ts';
