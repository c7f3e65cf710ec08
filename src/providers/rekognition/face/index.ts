/** Faces of face collections. */
export { associateRekognitionFaces } from './associate-rekognition-faces.ts';
export { deleteRekognitionFaces } from './delete-rekognition-faces.ts';
export { disassociateRekognitionFaces } from './disassociate-rekognition-faces.ts';
export { examples } from './examples.ts';
export { indexRekognitionFaces } from './index-rekognition-faces.ts';
export { collectionFaces, faceUser, userFaces } from './lists.ts';
export { rekognitionFace } from './rekognition-face.ts';
export { searchRekognitionFaces } from './search-rekognition-faces.ts';
export { searchRekognitionUsers } from './search-rekognition-users.ts';
export { RekognitionFace } from './type.ts';
