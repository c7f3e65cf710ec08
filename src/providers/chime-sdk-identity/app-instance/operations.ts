import {
  CreateAppInstanceCommand,
  DeleteAppInstanceCommand,
  DescribeAppInstanceCommand,
  ListAppInstancesCommand,
  type ListAppInstancesRequest,
  type ListAppInstancesResponse,
  UpdateAppInstanceCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import type { AwsOperation } from '../../../adapter/operation.ts';
import { chimeSdkIdentity } from '../service.ts';

export const CreateAppInstance = chimeSdkIdentity.operation(CreateAppInstanceCommand, 'change');
export const DeleteAppInstance = chimeSdkIdentity.operation(DeleteAppInstanceCommand, 'change');
export const DescribeAppInstance = chimeSdkIdentity.operation(DescribeAppInstanceCommand, 'read');
/** Its type has to be said: by the SDK's command, of which the request may be left out, the compiler finds an empty one. */
export const ListAppInstances: AwsOperation<ListAppInstancesRequest, ListAppInstancesResponse> =
  chimeSdkIdentity.operation(ListAppInstancesCommand, 'read');
export const UpdateAppInstance = chimeSdkIdentity.operation(UpdateAppInstanceCommand, 'idempotentChange');
