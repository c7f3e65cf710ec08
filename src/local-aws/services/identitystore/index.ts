import * as sdk from '@aws-sdk/client-identitystore';
import model from '../../../aws/models/identitystore.json' with { type: 'json' };
import { awsQuotas } from '../../../aws/models/quotas.ts';
import { awsJson } from '../../protocols/aws-json.ts';
import { serviceModel } from '../../protocols/model.ts';
import { type Service, service } from '../service.ts';
import { throttled } from './exceptions.ts';
import { groupOperations } from './groups.ts';
import { membershipOperations } from './memberships.ts';
import type { IdentityStoreState } from './state.ts';
import { userOperations } from './users.ts';

const protocol = awsJson('AWSIdentityStore', serviceModel(sdk));

/** IAM Identity Center's Identity Store: users and groups of identity stores, and who is in which. */
export function identityStore(state: IdentityStoreState): Service {
  return service({
    id: 'identitystore',
    model,
    protocol,
    validationException: 'ValidationException',
    quotas: awsQuotas.identitystore,
    throttled,
    operations: { ...userOperations, ...groupOperations, ...membershipOperations },
    dependencies: state,
  });
}
