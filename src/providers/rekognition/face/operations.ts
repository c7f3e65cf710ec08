import {
  AssociateFacesCommand,
  DeleteFacesCommand,
  DisassociateFacesCommand,
  IndexFacesCommand,
  ListFacesCommand,
  SearchFacesByImageCommand,
  SearchFacesCommand,
  SearchUsersByImageCommand,
  SearchUsersCommand,
} from '@aws-sdk/client-rekognition';
import { rekognition } from '../service.ts';

export const AssociateFaces = rekognition.operation(AssociateFacesCommand, 'change');
export const DeleteFaces = rekognition.operation(DeleteFacesCommand, 'change');
export const DisassociateFaces = rekognition.operation(DisassociateFacesCommand, 'change');
export const IndexFaces = rekognition.operation(IndexFacesCommand, 'change');
export const ListFaces = rekognition.operation(ListFacesCommand, 'read');
export const SearchFaces = rekognition.operation(SearchFacesCommand, 'read');
export const SearchFacesByImage = rekognition.operation(SearchFacesByImageCommand, 'read');
export const SearchUsers = rekognition.operation(SearchUsersCommand, 'read');
export const SearchUsersByImage = rekognition.operation(SearchUsersByImageCommand, 'read');
