/** How an app instance is looked for when the answer to an update or a delete was lost. */
import type { AwsSession } from '../../../adapter/session.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { deletedUnless, isListed } from '../listed.ts';
import { updatedWhole } from '../whole-update.ts';
import {
  type DeleteAppInstance,
  DescribeAppInstance,
  ListAppInstances,
  type UpdateAppInstance,
} from './operations.ts';

export const updatedAppInstance: Settling<typeof UpdateAppInstance> = {
  async look(aws, input, since) {
    const { appInstanceArn } = input;
    const { appInstance } = await aws.call(DescribeAppInstance, { appInstanceArn });
    return updatedWhole(input, appInstance, since, { appInstanceArn });
  },
};

/** An app instance that is not listed any more is deleted, whoever did it. */
export const deletedAppInstance: Settling<typeof DeleteAppInstance> = {
  proof: 'notFound',
  async look(aws, { appInstanceArn }) {
    const listed = await isListed(
      nextToken => listPage(aws, { nextToken }),
      each => each.appInstanceArn === appInstanceArn,
    );
    return deletedUnless(listed);
  },
};

function listPage(aws: AwsSession, input: { readonly nextToken: string | undefined }) {
  return aws.call(ListAppInstances, input, {}, ({ appInstances = [], nextToken }) => ({
    items: appInstances,
    nextToken,
  }));
}
