/** Changes of the schema that break clients, and whether the changelog announces them. */
import { findBreakingChanges, type GraphQLSchema } from 'graphql';

/**
 * The breaking changes from one schema to another that the changelog does not announce: a line for each.
 *
 * An announcement is the coordinate of what changes (`Type`, `Type.field`) in the section "Breaking" of the
 * section "Unreleased".
 */
export function unannouncedBreaks(before: GraphQLSchema, after: GraphQLSchema, changelog: string): string[] {
  const announced = breakingSection(changelog);
  return findBreakingChanges(before, after)
    .map(({ description }) => description)
    .filter(description => !names(announced, coordinateIn(description)));
}

function breakingSection(changelog: string): string {
  const unreleased = /^## \[?Unreleased\b.*?(?=^## |$(?![\s\S]))/ims.exec(changelog)?.[0] ?? '';
  return /^### Breaking\b.*?(?=^### |$(?![\s\S]))/ims.exec(unreleased)?.[0] ?? '';
}

/** The first coordinate in one of graphql's sentences, such as "Field Query.node was removed." */
function coordinateIn(description: string): string {
  const words = /^(?:(?:An?|Argument|Directive|Enum|Field|argument|field|required|value)\s)*(\S+)/.exec(
    description,
  );
  return words?.[1] ?? description;
}

function names(text: string, coordinate: string): boolean {
  return text.split(/[\s`,;]+/).includes(coordinate);
}
