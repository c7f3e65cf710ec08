/** What Rekognition sees of a face in an image. */
import type { OutputOf } from '../../../adapter/request.ts';
import { builder } from '../../../schema/builder.ts';
import { RekognitionBoundingBox } from './geometry.ts';
import type { IndexFaces } from './operations.ts';

export type FaceDetail = NonNullable<
  NonNullable<OutputOf<typeof IndexFaces>['unindexedFaces']>[number]['faceDetail']
>;

type Part<Name extends keyof FaceDetail> = NonNullable<FaceDetail[Name]>;

const sure = 'How sure Rekognition is, from 0 to 100.';

const RekognitionTrait = builder.objectRef<Part<'smile'>>('RekognitionFaceTrait').implement({
  description: 'Whether a face has a trait.',
  fields: t => ({
    value: t.exposeBoolean('value', { description: 'Whether it has it.' }),
    confidence: t.exposeFloat('confidence', { description: sure }),
  }),
});

const RekognitionAgeRange = builder.objectRef<Part<'ageRange'>>('RekognitionAgeRange').implement({
  description: 'How old a person looks.',
  fields: t => ({
    low: t.exposeInt('low', { description: 'The lowest age in years.' }),
    high: t.exposeInt('high', { description: 'The highest age in years.' }),
  }),
});

const RekognitionGender = builder.objectRef<Part<'gender'>>('RekognitionFaceGender').implement({
  description: 'What gender a face looks like, which says nothing of the person.',
  fields: t => ({
    value: t.exposeString('value', { description: 'Male or Female, as AWS words it.' }),
    confidence: t.exposeFloat('confidence', { description: sure }),
  }),
});

const RekognitionEmotion = builder.objectRef<Part<'emotions'>[number]>('RekognitionFaceEmotion').implement({
  description: 'What a face seems to show, which says nothing of what the person feels.',
  fields: t => ({
    type: t.exposeString('type', { description: 'The emotion as AWS names it, such as HAPPY.' }),
    confidence: t.exposeFloat('confidence', { description: sure }),
  }),
});

const RekognitionLandmark = builder
  .objectRef<Part<'landmarks'>[number]>('RekognitionFaceLandmark')
  .implement({
    description: 'Where a part of a face is in the image.',
    fields: t => ({
      type: t.exposeString('type', { description: 'The part as AWS names it, such as eyeLeft.' }),
      x: t.exposeFloat('x', {
        description: "How far it is from the left edge, as a fraction of the image's width.",
      }),
      y: t.exposeFloat('y', {
        description: "How far it is from the top edge, as a fraction of the image's height.",
      }),
    }),
  });

const RekognitionPose = builder.objectRef<Part<'pose'>>('RekognitionFacePose').implement({
  description: 'How a head is turned, in degrees from -180 to 180.',
  fields: t => ({
    roll: t.exposeFloat('roll', { description: 'Towards a shoulder.' }),
    yaw: t.exposeFloat('yaw', { description: 'To a side.' }),
    pitch: t.exposeFloat('pitch', { description: 'Up or down.' }),
  }),
});

const RekognitionQuality = builder.objectRef<Part<'quality'>>('RekognitionFaceQuality').implement({
  description: 'How good the image of a face is.',
  fields: t => ({
    brightness: t.exposeFloat('brightness', { description: 'How bright it is, from 0 to 100.' }),
    sharpness: t.exposeFloat('sharpness', { description: 'How sharp it is, from 0 to 100.' }),
  }),
});

const RekognitionGaze = builder.objectRef<Part<'eyeDirection'>>('RekognitionFaceEyeDirection').implement({
  description: 'Where the eyes look, in degrees from -180 to 180.',
  fields: t => ({
    yaw: t.exposeFloat('yaw', { description: 'To a side.' }),
    pitch: t.exposeFloat('pitch', { description: 'Up or down.' }),
    confidence: t.exposeFloat('confidence', { description: sure }),
  }),
});

const asked = 'Null unless `detectionAttributes` asked for it.';

export const RekognitionFaceDetail = builder.objectRef<FaceDetail>('RekognitionFaceDetail').implement({
  description: 'What Rekognition sees of a face in an image.',
  fields: t => {
    const trait = (
      name: keyof FaceDetail &
        (
          | 'smile'
          | 'eyeglasses'
          | 'sunglasses'
          | 'beard'
          | 'mustache'
          | 'eyesOpen'
          | 'mouthOpen'
          | 'faceOccluded'
        ),
      what: string,
    ) => t.expose(name, { type: RekognitionTrait, description: `Whether ${what}. ${asked}` });
    return {
      boundingBox: t.expose('boundingBox', { type: RekognitionBoundingBox, description: 'Where it is.' }),
      confidence: t.exposeFloat('confidence', {
        description: 'How sure it is that this is a face, from 0 to 100.',
      }),
      landmarks: t.expose('landmarks', {
        type: [RekognitionLandmark],
        nullable: { list: true, items: false },
        description: 'Where its parts are.',
      }),
      pose: t.expose('pose', { type: RekognitionPose, description: 'How the head is turned.' }),
      quality: t.expose('quality', { type: RekognitionQuality, description: 'How good its image is.' }),
      ageRange: t.expose('ageRange', {
        type: RekognitionAgeRange,
        description: `How old the person looks. ${asked}`,
      }),
      gender: t.expose('gender', {
        type: RekognitionGender,
        description: `What gender it looks like. ${asked}`,
      }),
      emotions: t.expose('emotions', {
        type: [RekognitionEmotion],
        nullable: { list: true, items: false },
        description: `What it seems to show, the surest first. ${asked}`,
      }),
      eyeDirection: t.expose('eyeDirection', {
        type: RekognitionGaze,
        description: `Where the eyes look. ${asked}`,
      }),
      smile: trait('smile', 'it smiles'),
      eyeglasses: trait('eyeglasses', 'it wears eye glasses'),
      sunglasses: trait('sunglasses', 'it wears sunglasses'),
      beard: trait('beard', 'it has a beard'),
      mustache: trait('mustache', 'it has a mustache'),
      eyesOpen: trait('eyesOpen', 'its eyes are open'),
      mouthOpen: trait('mouthOpen', 'its mouth is open'),
      faceOccluded: trait('faceOccluded', 'something covers part of it'),
    };
  },
});
