/** Searches at AWS. Nothing is found in a collection, or for a user, that does not exist. */
import { keyed, told } from '../../../adapter/answers.ts';
import type { InputOf, OutputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { missingCollection } from '../collection/adapter.ts';
import { rekognition } from '../service.ts';
import { type RekognitionUser, userKey } from '../user/adapter.ts';
import { missingUser } from '../user/words.ts';
import { faceOf, type RekognitionFace } from './adapter.ts';
import type { FaceDetail } from './detail.ts';
import { formatIssues, type Image, imageWords } from './image.ts';
import { SearchFaces, SearchFacesByImage, SearchUsers, SearchUsersByImage } from './operations.ts';

export interface UserMatch {
  readonly similarity?: number | undefined;
  readonly user: RekognitionUser;
}

export interface FaceMatch {
  readonly similarity?: number | undefined;
  readonly face: RekognitionFace;
}

/** Another face of the image. */
export type UnsearchedFace = NonNullable<OutputOf<typeof SearchUsersByImage>['unsearchedFaces']>[number];

/** What a search found, and what it looked for. */
export interface UserSearch {
  readonly matches: readonly UserMatch[];
  readonly searchedFace?: FaceDetail | undefined;
  readonly unsearchedFaces?: readonly UnsearchedFace[];
}

export interface FaceSearch {
  readonly matches: readonly FaceMatch[];
  readonly searchedFace?: Pick<FaceDetail, 'boundingBox' | 'confidence'> | undefined;
}

export class RekognitionSearches {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  users(input: InputOf<typeof SearchUsers>): Promise<UserSearch> {
    const { collectionId, userId } = input;
    const context = userId == null ? byFace(input) : { missing: missingUser(collectionId, userId) };
    return this.#aws.call(SearchUsers, input, context, ({ userMatches }) => ({
      matches: usersOf(collectionId, userMatches),
    }));
  }

  usersByImage(input: InputOf<typeof SearchUsersByImage>): Promise<UserSearch> {
    const { collectionId, image } = input;
    const context = byImage(collectionId, image);
    return this.#aws.call(
      SearchUsersByImage,
      input,
      context,
      ({ userMatches, searchedFace, unsearchedFaces = [] }) => ({
        matches: usersOf(collectionId, userMatches),
        searchedFace: searchedFace?.faceDetail,
        unsearchedFaces,
      }),
    );
  }

  faces(input: InputOf<typeof SearchFaces>): Promise<FaceSearch> {
    const { collectionId } = input;
    return this.#aws.call(SearchFaces, input, byFace(input), ({ faceMatches }) => ({
      matches: facesOf(collectionId, faceMatches),
    }));
  }

  facesByImage(input: InputOf<typeof SearchFacesByImage>): Promise<FaceSearch> {
    const { collectionId, image } = input;
    const context = byImage(collectionId, image);
    return this.#aws.call(SearchFacesByImage, input, context, answer => ({
      matches: facesOf(collectionId, answer.faceMatches),
      searchedFace: {
        boundingBox: answer.searchedFaceBoundingBox,
        confidence: answer.searchedFaceConfidence,
      },
    }));
  }
}

function byImage(collectionId: string, image: Image) {
  return {
    missing: missingCollection(collectionId),
    issues: formatIssues(image),
    words: imageWords(image),
  };
}

function byFace({
  collectionId,
  faceId,
}: {
  readonly collectionId: string;
  readonly faceId?: string | null | undefined;
}) {
  const message = `There is no face "${faceId}" in the collection "${collectionId}", or it was indexed only a moment ago.`;
  return {
    missing: missingCollection(collectionId),
    words: { InvalidParameterException: [{ path: ['faceId'], message }] },
  };
}

export const searches = rekognition.entity(RekognitionSearches);

type UserMatches = OutputOf<typeof SearchUsers>['userMatches'];
type FaceMatches = OutputOf<typeof SearchFaces>['faceMatches'];

function usersOf(collectionId: string, matches: UserMatches = []): readonly UserMatch[] {
  return matches.map(({ similarity, user }) => {
    const { userId, userStatus } = told(user, 'User');
    return {
      similarity,
      user: keyed(userKey, { collectionId, userId: told(userId, 'UserId'), userStatus }),
    };
  });
}

function facesOf(collectionId: string, matches: FaceMatches = []): readonly FaceMatch[] {
  return matches.map(({ similarity, face }) => ({
    similarity,
    face: faceOf(collectionId, told(face, 'Face')),
  }));
}
