import * as sdk from '@aws-sdk/client-rekognition';
import { awsQuotas } from '../../../aws/models/quotas.ts';
import model from '../../../aws/models/rekognition.json' with { type: 'json' };
import { awsJson } from '../../protocols/aws-json.ts';
import { serviceModel } from '../../protocols/model.ts';
import { type Service, service } from '../service.ts';
import { CreateCollection } from './create-collection.ts';
import { CreateUser } from './create-user.ts';
import { DeleteCollection } from './delete-collection.ts';
import { DeleteUser } from './delete-user.ts';
import { DescribeCollection } from './describe-collection.ts';
import { overQuota, throttled } from './exceptions.ts';
import { ListCollections } from './list-collections.ts';
import { ListTagsForResource } from './list-tags-for-resource.ts';
import { ListUsers } from './list-users.ts';
import type { RekognitionState } from './state.ts';
import { TagResource } from './tag-resource.ts';
import { UntagResource } from './untag-resource.ts';

const protocol = awsJson('RekognitionService', serviceModel(sdk));

/** Amazon Rekognition: collections and their users. */
export function rekognition(state: RekognitionState): Service {
  return service({
    id: 'rekognition',
    model,
    protocol,
    validationException: 'ValidationException',
    quotas: awsQuotas.rekognition,
    throttled,
    overQuota,
    operations: {
      CreateCollection,
      DescribeCollection,
      ListCollections,
      DeleteCollection,
      CreateUser,
      DeleteUser,
      ListUsers,
      ListTagsForResource,
      TagResource,
      UntagResource,
    },
    dependencies: state,
  });
}
