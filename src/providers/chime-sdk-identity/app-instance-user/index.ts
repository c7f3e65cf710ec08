/** Users of app instances of the Amazon Chime SDK. */
export { userAppInstance } from './app-instance.ts';
export { chimeSdkAppInstanceUser } from './chime-sdk-app-instance-user.ts';
export { createChimeSdkAppInstanceUser } from './create-chime-sdk-app-instance-user.ts';
export { deleteChimeSdkAppInstanceUser } from './delete-chime-sdk-app-instance-user.ts';
export { examples } from './examples.ts';
export { putChimeSdkAppInstanceUserExpirationSettings } from './put-chime-sdk-app-instance-user-expiration-settings.ts';
export { ChimeSdkAppInstanceUser } from './type.ts';
export { updateChimeSdkAppInstanceUser } from './update-chime-sdk-app-instance-user.ts';
