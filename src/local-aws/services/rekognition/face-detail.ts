/** What Rekognition tells of a face in an image: here, what only the face decides. */
import type { FaceDetail, Landmark } from '@aws-sdk/client-rekognition';
import type { AwsJson } from '../wire.ts';
import { type DetectedFace, fraction } from './image.ts';
import type { Box } from './state.ts';

/** Faces stand beside each other; each is a little smaller than the one before, since the largest come first. */
export function boundingBox({ person, index }: DetectedFace, faces: number): Box {
  const share = 1 / faces;
  const scale = 0.9 - (0.5 * index) / faces;
  const Width = share * scale;
  const Height = 0.8 * scale;
  const Left = share * index + (share - Width) * fraction(person, 'left');
  const Top = (1 - Height) * fraction(person, 'top');
  return { Width, Height, Left, Top };
}

/** How sure it is that there is a face. */
export function confidence({ person }: DetectedFace): number {
  return 99 + fraction(person, 'confidence');
}

/** Where the parts of a face are, in its box. */
const landmarks = {
  eyeLeft: [0.3, 0.4],
  eyeRight: [0.7, 0.4],
  mouthLeft: [0.35, 0.75],
  mouthRight: [0.65, 0.75],
  nose: [0.5, 0.55],
} as const;

/** The attributes that Rekognition gives by default. */
export function faceDetail(face: DetectedFace, faces: number): AwsJson<FaceDetail> {
  const box = boundingBox(face, faces);
  const degrees = (name: string) => 40 * fraction(face.person, name) - 20;
  return {
    BoundingBox: box,
    Confidence: confidence(face),
    Landmarks: Object.entries(landmarks).map(([Type, [x, y]]) => ({
      Type: Type as NonNullable<Landmark['Type']>,
      X: box.Left + x * box.Width,
      Y: box.Top + y * box.Height,
    })),
    Pose: { Roll: degrees('roll'), Yaw: degrees('yaw'), Pitch: degrees('pitch') },
    Quality: {
      Brightness: 60 + 30 * fraction(face.person, 'brightness'),
      Sharpness: 60 + 40 * fraction(face.person, 'sharpness'),
    },
  };
}
