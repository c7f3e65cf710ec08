/** How an app instance is looked for when the answer to a delete was lost. */
import type { AwsSession } from '../../../adapter/session.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { isListed } from '../listed.ts';
import { type DeleteAppInstance, ListAppInstances } from './operations.ts';

/** An app instance that is not listed any more is deleted, whoever did it. */
export const deletedAppInstance: Settling<typeof DeleteAppInstance> = {
  proof: 'notFound',
  async look(aws, { appInstanceArn }) {
    const present = await isListed(
      nextToken => listPage(aws, { nextToken }),
      each => each.appInstanceArn === appInstanceArn,
    );
    if (present === undefined) return { state: 'unclear' };
    return present ? { state: 'notMade' } : { state: 'made', answer: {} };
  },
};

function listPage(aws: AwsSession, input: { readonly nextToken: string | undefined }) {
  return aws.call(ListAppInstances, input, {}, ({ appInstances = [], nextToken }) => ({
    items: appInstances,
    nextToken,
  }));
}
