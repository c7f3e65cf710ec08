/** App instances of the Amazon Chime SDK. */
export { appInstanceAdmins } from './admins.ts';
export { chimeSdkAppInstance } from './chime-sdk-app-instance.ts';
export { chimeSdkAppInstances } from './chime-sdk-app-instances.ts';
export { createChimeSdkAppInstance } from './create-chime-sdk-app-instance.ts';
export { deleteChimeSdkAppInstance } from './delete-chime-sdk-app-instance.ts';
export { examples } from './examples.ts';
export { ChimeSdkAppInstance } from './type.ts';
export { updateChimeSdkAppInstance } from './update-chime-sdk-app-instance.ts';
export { appInstanceUsers } from './users.ts';
