/** Users of face collections. */
export { createRekognitionUser } from './create-rekognition-user.ts';
export { deleteRekognitionUser } from './delete-rekognition-user.ts';
export { examples } from './examples.ts';
export { rekognitionUser } from './rekognition-user.ts';
export { RekognitionUser } from './type.ts';
