/**
 * The members of a request that AWS says it refuses: its text itself is never passed on, for it may repeat what they hold.
 */
import { type ServiceModel, type ShapeModel, shapeModel } from '../aws/models/model.ts';
import { apiNameOf } from './members.ts';

/** AWS's words: "Value at 'emails.1.member.value' failed to satisfy constraint: …", for each of them. */
const naming = /\bat '([^']{1,300})' failed to satisfy constraint/g;

/** How many are told. */
const MAX_MEMBERS = 100;

/** Their paths in this API's names, without those that the request of the model does not have. */
export function membersNamedIn(text: string, model: ServiceModel, request: ShapeModel): readonly string[][] {
  const named = [...text.matchAll(naming)].map(([, path = '']) => path);
  return [...new Set(named)].slice(0, MAX_MEMBERS).flatMap(path => {
    const known = pathIn(model, request, path.split('.'));
    return known ? [known] : [];
  });
}

/** Members begin in lower case in such texts; items of lists are counted from 1, and followed by the word `member`. */
function pathIn(
  model: ServiceModel,
  { type, members = {}, member }: ShapeModel,
  parts: readonly string[],
): string[] | undefined {
  const [first, ...rest] = parts;
  if (first === undefined) return [];
  if (type === 'list' && member !== undefined) {
    if (!/^[1-9]\d{0,8}$/.test(first)) return undefined;
    const below = pathIn(model, shapeModel(model, member), rest[0] === 'member' ? rest.slice(1) : rest);
    return below && [String(Number(first) - 1), ...below];
  }
  // What is in a map or in a document is the customer's own.
  if (type !== 'structure' || Object.keys(members).length === 0) return [];
  const name = Object.keys(members).find(each => each.toLowerCase() === first.toLowerCase());
  const found = name === undefined ? undefined : members[name];
  const below = found && pathIn(model, shapeModel(model, found.shape), rest);
  return below && name !== undefined ? [apiNameOf(name), ...below] : undefined;
}
