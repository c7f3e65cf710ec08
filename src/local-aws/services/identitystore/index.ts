import * as sdk from '@aws-sdk/client-identitystore';
import model from '../../../aws/models/identitystore.json' with { type: 'json' };
import { awsQuotas } from '../../../aws/models/quotas.ts';
import { awsJson } from '../../protocols/aws-json.ts';
import { serviceModel } from '../../protocols/model.ts';
import { type Service, service } from '../service.ts';
import { CreateUser } from './create-user.ts';
import { DeleteUser } from './delete-user.ts';
import { DescribeUser } from './describe-user.ts';
import { throttled } from './exceptions.ts';
import { GetUserId } from './get-user-id.ts';
import { ListUsers } from './list-users.ts';
import type { IdentityStoreState } from './state.ts';

const protocol = awsJson('AWSIdentityStore', serviceModel(sdk));

/** IAM Identity Center's Identity Store: users of identity stores. */
export function identityStore(state: IdentityStoreState): Service {
  return service({
    id: 'identitystore',
    model,
    protocol,
    validationException: 'ValidationException',
    quotas: awsQuotas.identitystore,
    throttled,
    operations: { CreateUser, DescribeUser, DeleteUser, ListUsers, GetUserId },
    dependencies: state,
  });
}
