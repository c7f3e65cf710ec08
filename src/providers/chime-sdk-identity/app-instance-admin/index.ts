/** Admins of app instances of the Amazon Chime SDK. */
export { chimeSdkAppInstanceAdmin } from './chime-sdk-app-instance-admin.ts';
export { createChimeSdkAppInstanceAdmin } from './create-chime-sdk-app-instance-admin.ts';
export { deleteChimeSdkAppInstanceAdmin } from './delete-chime-sdk-app-instance-admin.ts';
export { examples } from './examples.ts';
export { ChimeSdkAppInstanceAdmin } from './type.ts';
export { adminUser } from './user.ts';
