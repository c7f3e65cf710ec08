/**
 * Limits on what one document may ask for, checked as part of parsing: Yoga keeps the outcome with the parsed
 * document, so that a document costs this once and not per request. @pothos/plugin-complexity does the like
 * per request, for PLUGIN_COST.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type ParseOptions,
  parse,
  type SelectionSetNode,
  type Source,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Each leaves room for several times what GraphiQL and the largest of our own examples ask for. */
const limits = {
  /** Fields beside one another at the top, aliases included: each is at least one call to AWS. */
  rootFields: 25,
  /** Fields within one another. GraphiQL's introspection has 15. */
  depth: 20,
  /** All fields together, each as often as fragments repeat it. */
  fields: 1_000,
} as const;

/** Names, punctuation and values of a document. 25 creates with every member are some 6,000. */
const MAX_TOKENS = 10_000;

type Limit = keyof typeof limits;
type Size = Readonly<Record<Limit, number>>;

const describe: Readonly<Record<Limit, string>> = {
  rootFields: 'top-level fields',
  depth: 'levels of nested fields',
  fields: 'fields',
};

/** Refuses documents that ask for too much at once. */
export function useDocumentLimits(): Plugin {
  return {
    onParse: ({ setParseFn }) => setParseFn(parseWithinLimits),
  };
}

function parseWithinLimits(source: string | Source, options?: ParseOptions): DocumentNode {
  const document = parse(source, { ...options, maxTokens: MAX_TOKENS });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measure = measurer(fragments);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) assertWithinLimits(measure(definition.selectionSet));
  }
  return document;
}

function assertWithinLimits(size: Size): void {
  for (const limit of ['rootFields', 'depth', 'fields'] as const) {
    const [maximum, actual] = [limits[limit], size[limit]];
    if (actual > maximum) {
      throw new GraphQLError(
        `This document asks for too much at once: it has ${actual} ${describe[limit]}, and at most ${maximum} are allowed.`,
        { extensions: { code: 'DOCUMENT_TOO_COMPLEX', limit, maximum, actual, http: { status: 400, spec: true } } },
      );
    }
  }
}

/** Measures each fragment once, so that fragments within fragments cannot multiply the work. */
function measurer(fragments: ReadonlyMap<string, FragmentDefinitionNode>): (selections: SelectionSetNode) => Size {
  const measured = new Map<string, Size>();
  const nothing: Size = { rootFields: 0, depth: 0, fields: 0 };

  function fragmentSize(name: string): Size {
    let size = measured.get(name);
    if (!size) {
      // A fragment that contains itself, or does not exist, is left to validation, which refuses it.
      measured.set(name, nothing);
      const fragment = fragments.get(name);
      size = fragment ? measure(fragment.selectionSet) : nothing;
      measured.set(name, size);
    }
    return size;
  }

  function measure({ selections }: SelectionSetNode): Size {
    let [rootFields, depth, fields] = [0, 0, 0];
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? measure(selection.selectionSet) : nothing;
        rootFields += 1;
        depth = Math.max(depth, 1 + inner.depth);
        fields += 1 + inner.fields;
      } else {
        const spread = selection.kind === Kind.FRAGMENT_SPREAD;
        const size = spread ? fragmentSize(selection.name.value) : measure(selection.selectionSet);
        rootFields += size.rootFields;
        depth = Math.max(depth, size.depth);
        fields += size.fields;
      }
    }
    return { rootFields, depth, fields };
  }

  return measure;
}
