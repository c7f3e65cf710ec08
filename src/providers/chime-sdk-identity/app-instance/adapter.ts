/** App instances at AWS. Every method throws ApiError when it is refused. */
import type { AppInstance } from '@aws-sdk/client-chime-sdk-identity';
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { chimeSdkIdentity } from '../service.ts';
import { changeIssues, isWhole, type NameAndMetadata, wholeUpdate, withMetadata } from '../whole-update.ts';
import {
  CreateAppInstance,
  DeleteAppInstance,
  DescribeAppInstance,
  ListAppInstances,
  UpdateAppInstance,
} from './operations.ts';
import { deletedAppInstance, updatedAppInstance } from './settling.ts';

export const appInstanceKey = new NativeKey('appInstanceArn');

export type ChimeSdkAppInstanceKey = KeyOf<typeof appInstanceKey>;

export type ChimeSdkAppInstance = ApiOutput<AppInstance> & ChimeSdkAppInstanceKey;

export class ChimeSdkAppInstances {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  /** Answers with what was sent: AWS itself answers with the ARN alone. */
  create(input: InputOf<typeof CreateAppInstance>): Promise<ChimeSdkAppInstance> {
    const { name, metadata } = input;
    const conflict = {
      reason: 'INCONSISTENT_STATE',
      message:
        'Amazon Chime SDK Identity refused because of a conflict, such as an idempotencyKey that was used before with another input.',
    } as const;
    return this.#aws.call(CreateAppInstance, input, { conflict }, ({ appInstanceArn }) =>
      toAppInstance({ appInstanceArn, name, metadata: metadata ?? undefined }),
    );
  }

  describe(key: ChimeSdkAppInstanceKey): Promise<ChimeSdkAppInstance> {
    const missing = missingAppInstance(key.appInstanceArn);
    return this.#aws.call(DescribeAppInstance, key, { missing }, ({ appInstance }) =>
      toAppInstance(told(appInstance, 'AppInstance')),
    );
  }

  list(input: InputOf<typeof ListAppInstances>): Promise<ListPage<ChimeSdkAppInstance>> {
    return this.#aws.call(ListAppInstances, input, {}, ({ appInstances = [], nextToken }) => ({
      items: appInstances.map(toAppInstance),
      nextToken,
    }));
  }

  /** Reads what the input does not say: AWS replaces name and metadata together. */
  async update(
    input: ChimeSdkAppInstanceKey &
      NameAndMetadata &
      Pick<InputOf<typeof UpdateAppInstance>, 'idempotencyKey'>,
  ): Promise<ChimeSdkAppInstanceKey> {
    const { appInstanceArn, idempotencyKey } = input;
    const key = { appInstanceArn, idempotencyKey };
    const context = {
      issues: changeIssues(input, CreateAppInstance),
      missing: missingAppInstance(appInstanceArn),
    };
    const before = isWhole(input)
      ? undefined
      : (await this.#aws.call(DescribeAppInstance, key, context)).appInstance;
    const update = { ...key, ...wholeUpdate(input, before) };
    await this.#aws.call(UpdateAppInstance, update, { ...context, settling: updatedAppInstance });
    return { appInstanceArn };
  }

  async delete(input: InputOf<typeof DeleteAppInstance>): Promise<ChimeSdkAppInstanceKey> {
    const { appInstanceArn } = input;
    await this.#aws.call(DeleteAppInstance, input, {
      missing: missingAppInstance(appInstanceArn),
      settling: deletedAppInstance,
    });
    return { appInstanceArn };
  }
}

export const appInstances = chimeSdkIdentity.entity(ChimeSdkAppInstances);

/** What a refusal may mean to operations on an app instance. */
export function missingAppInstance(appInstanceArn: string) {
  return {
    resourceType: null,
    resourceId: appInstanceArn,
    message: `There is no app instance ${appInstanceArn}.`,
  } as const;
}

/** The one converter of app instances, for create, describe and list. */
function toAppInstance(appInstance: ApiOutput<AppInstance>): ChimeSdkAppInstance {
  const appInstanceArn = told(appInstance.appInstanceArn, 'AppInstanceArn');
  return keyed(appInstanceKey, { ...withMetadata(appInstance), appInstanceArn });
}
