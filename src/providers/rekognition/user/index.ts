/** Users of face collections. */
export { createRekognitionUser } from './create-rekognition-user.ts';
export { deleteRekognitionUser } from './delete-rekognition-user.ts';
export { deleteRekognitionUsers } from './delete-rekognition-users.ts';
export { examples } from './examples.ts';
export { importRekognitionUsers } from './import-rekognition-users.ts';
export { rekognitionUser } from './rekognition-user.ts';
export { RekognitionUser } from './type.ts';
