import * as sdk from '@aws-sdk/client-rekognition';
import { awsQuotas } from '../../../aws/models/quotas.ts';
import model from '../../../aws/models/rekognition.json' with { type: 'json' };
import { awsJson } from '../../protocols/aws-json.ts';
import { serviceModel } from '../../protocols/model.ts';
import { type Service, service } from '../service.ts';
import { AssociateFaces } from './associate-faces.ts';
import { CreateCollection } from './create-collection.ts';
import { CreateUser } from './create-user.ts';
import { DeleteCollection } from './delete-collection.ts';
import { DeleteFaces } from './delete-faces.ts';
import { DeleteUser } from './delete-user.ts';
import { DescribeCollection } from './describe-collection.ts';
import { DisassociateFaces } from './disassociate-faces.ts';
import { overQuota, throttled } from './exceptions.ts';
import { IndexFaces } from './index-faces.ts';
import { ListCollections } from './list-collections.ts';
import { ListFaces } from './list-faces.ts';
import { ListTagsForResource } from './list-tags-for-resource.ts';
import { ListUsers } from './list-users.ts';
import { SearchFaces } from './search-faces.ts';
import { SearchFacesByImage } from './search-faces-by-image.ts';
import { SearchUsers } from './search-users.ts';
import { SearchUsersByImage } from './search-users-by-image.ts';
import type { RekognitionState } from './state.ts';
import { TagResource } from './tag-resource.ts';
import { UntagResource } from './untag-resource.ts';

const protocol = awsJson('RekognitionService', serviceModel(sdk));

/** Amazon Rekognition: collections, their users and faces. */
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
      IndexFaces,
      ListFaces,
      DeleteFaces,
      AssociateFaces,
      DisassociateFaces,
      SearchFaces,
      SearchFacesByImage,
      SearchUsers,
      SearchUsersByImage,
      ListTagsForResource,
      TagResource,
      UntagResource,
    },
    dependencies: state,
  });
}
