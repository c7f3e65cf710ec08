/** Changes of the schema that clients must know of, and whether the changelog tells them. */
import {
  BreakingChangeType,
  DangerousChangeType,
  findSchemaChanges,
  type GraphQLSchema,
  isInputObjectType,
} from 'graphql';

/** Descriptions of changes that the changelog does not name. */
export interface UnannouncedChanges {
  /** A document that was valid is refused, or its answer has lost what it promised. */
  readonly breaking: readonly string[];
  /** A document that stays valid may be answered as its author did not expect. */
  readonly surprising: readonly string[];
}

/**
 * What graphql-js calls dangerous and only a client that asks for it will ever meet. All the other dangerous changes
 * reach clients that changed nothing: a `switch` over an enum or over the members of a union gets a value that it has
 * no case for, a fragment on an interface selects from one more type, an argument that was left out means another.
 */
const onlyWhenAskedFor = new Set<string>([
  DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED,
  DangerousChangeType.OPTIONAL_ARG_ADDED,
]);

/**
 * The changes from one schema to another that the changelog does not announce.
 *
 * An announcement is the coordinate of what changes (`Type`, `Type.field`, `Type.field(argument:)`), of both types when
 * one joins or leaves the other: in the section "Unreleased", and there under "Breaking" when the change breaks.
 */
export function unannouncedChanges(
  before: GraphQLSchema,
  after: GraphQLSchema,
  changelog: string,
): UnannouncedChanges {
  const unreleased = section(changelog, '## \\[?Unreleased');
  const breaking = section(unreleased, '### Breaking');
  const changes = [...findSchemaChanges(before, after), ...newOneOfs(before, after)];
  const missingFrom = (text: string, kinds: object) =>
    changes
      .filter(({ type }) => type in kinds && !onlyWhenAskedFor.has(type))
      .map(({ description }) => description)
      .filter(description => !coordinatesIn(description).every(coordinate => names(text, coordinate)));
  return {
    breaking: missingFrom(breaking, BreakingChangeType),
    surprising: missingFrom(unreleased, DangerousChangeType),
  };
}

/** Inputs of which a document could give several members, or none, and may give exactly one now. */
function newOneOfs(before: GraphQLSchema, after: GraphQLSchema) {
  return Object.values(after.getTypeMap())
    .filter(type => isInputObjectType(type) && type.isOneOf)
    .map(type => before.getType(type.name))
    .filter(type => isInputObjectType(type) && !type.isOneOf)
    .map(type => ({
      type: BreakingChangeType.TYPE_CHANGED_KIND,
      description: `${String(type)} changed from an Input type to a OneOf Input type.`,
    }));
}

/** From a heading to the next one of its level. */
function section(text: string, heading: string): string {
  const [level] = heading.split(' ', 1);
  return new RegExp(`^${heading}\\b.*?(?=^${level} |$(?![\\s\\S]))`, 'ims').exec(text)?.[0] ?? '';
}

/** What one of graphql-js's sentences is about, such as "Field Query.node was removed." */
function coordinatesIn(description: string): string[] {
  const [, directive] = / was removed from (@\w+)\.$/.exec(description) ?? [];
  if (directive) return [directive];
  const [, subject = description] =
    /^(?:(?:An?|Argument|Directive|Enum|Field|Standard|argument|field|required|scalar|value)\s)*(\S+)/.exec(
      description,
    ) ?? [];
  const [, other] = / (?:union type|interface|implemented by) (\w+)\.$/.exec(description) ?? [];
  return other === undefined ? [subject] : [subject, other];
}

function names(text: string, coordinate: string): boolean {
  return text.split(/[\s`,;]+/).includes(coordinate);
}
