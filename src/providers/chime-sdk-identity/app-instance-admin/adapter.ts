/** The admins of app instances at AWS. Every method throws ApiError when it is refused. */
import type { Identity } from '@aws-sdk/client-chime-sdk-identity';
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { missingAppInstance } from '../app-instance/adapter.ts';
import { chimeSdkIdentity } from '../service.ts';
import {
  CreateAppInstanceAdmin,
  DeleteAppInstanceAdmin,
  DescribeAppInstanceAdmin,
  ListAppInstanceAdmins,
} from './operations.ts';
import { createdAdmin, deletedAdmin } from './settling.ts';

export const adminKey = new NativeKey('appInstanceArn', 'appInstanceAdminArn');

export type ChimeSdkAppInstanceAdminKey = KeyOf<typeof adminKey>;

export interface ChimeSdkAppInstanceAdmin extends ChimeSdkAppInstanceAdminKey {
  readonly name?: string | undefined;
  readonly createdTimestamp?: Date | undefined;
}

export class ChimeSdkAppInstanceAdmins {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  create(input: InputOf<typeof CreateAppInstanceAdmin>): Promise<ChimeSdkAppInstanceAdmin> {
    const { appInstanceAdminArn } = input;
    const context = {
      missing: {
        resourceType: 'USER',
        resourceId: appInstanceAdminArn,
        message: `The app instance has no user ${appInstanceAdminArn}.`,
      },
      conflict: {
        reason: 'ALREADY_EXISTS',
        message: `The app instance already has the admin ${appInstanceAdminArn}.`,
      },
      settling: createdAdmin,
    } as const;
    return this.#aws.call(CreateAppInstanceAdmin, input, context, ({ appInstanceArn, appInstanceAdmin }) =>
      toAdmin(told(appInstanceArn, 'AppInstanceArn'), appInstanceAdmin),
    );
  }

  describe(key: ChimeSdkAppInstanceAdminKey): Promise<ChimeSdkAppInstanceAdmin> {
    const missing = missingAdmin(key);
    return this.#aws.call(DescribeAppInstanceAdmin, key, { missing }, ({ appInstanceAdmin }) => {
      const { admin, createdTimestamp } = told(appInstanceAdmin, 'AppInstanceAdmin');
      return { ...toAdmin(key.appInstanceArn, admin), createdTimestamp };
    });
  }

  list(input: InputOf<typeof ListAppInstanceAdmins>): Promise<ListPage<ChimeSdkAppInstanceAdmin>> {
    const { appInstanceArn } = input;
    const missing = missingAppInstance(appInstanceArn);
    return this.#aws.call(
      ListAppInstanceAdmins,
      input,
      { missing },
      ({ appInstanceAdmins = [], nextToken }) => ({
        items: appInstanceAdmins.map(({ admin }) => toAdmin(appInstanceArn, admin)),
        nextToken,
      }),
    );
  }

  async delete(input: InputOf<typeof DeleteAppInstanceAdmin>): Promise<ChimeSdkAppInstanceAdminKey> {
    const { appInstanceArn, appInstanceAdminArn } = input;
    await this.#aws.call(DeleteAppInstanceAdmin, input, {
      missing: missingAdmin(input),
      settling: deletedAdmin,
    });
    return { appInstanceArn, appInstanceAdminArn };
  }
}

export const admins = chimeSdkIdentity.entity(ChimeSdkAppInstanceAdmins);

function missingAdmin({ appInstanceAdminArn }: ChimeSdkAppInstanceAdminKey) {
  return {
    resourceType: null,
    resourceId: appInstanceAdminArn,
    message: `There is no admin ${appInstanceAdminArn} of the app instance.`,
  } as const;
}

/** The one converter of admins, for create, describe and list. */
function toAdmin(appInstanceArn: string, admin: ApiOutput<Identity> | undefined): ChimeSdkAppInstanceAdmin {
  const { arn, name } = told(admin, 'Admin');
  return keyed(adminKey, { appInstanceArn, appInstanceAdminArn: told(arn, 'Arn'), name });
}
