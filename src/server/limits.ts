/**
 * Limits on what one document may ask for. They are checked as part of parsing, so that Yoga remembers the
 * outcome together with the parsed document, and so that validation, whose work can grow with the square of the
 * document, never sees a hostile one.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  type ParseOptions,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';
import type { DocumentLimits } from './server-limits.ts';

/** Brackets of any kind within one another; the parser uses the stack for each, so that nobody may set it higher. */
const MAX_NESTING = 100;

/** What is limited, as a message goes on after the number. */
const units = {
  tokens: 'tokens',
  nesting: 'levels of brackets',
  directives: 'directives',
  rootFields: 'top-level fields',
  depth: 'levels of fields',
  fields: 'fields',
} as const;

type Limit = keyof typeof units;

/** What parses documents that do not ask for too much at once. */
export function createParse({
  maxTokens,
  maxDirectives,
  maxRootFields,
  maxDepth,
  maxFields,
}: DocumentLimits): (source: string | Source, options?: ParseOptions) => DocumentNode {
  function checkText(source: Source): void {
    const lexer = new Lexer(source);
    let [tokens, nesting, directives] = [0, 0, 0];
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      stop('tokens', ++tokens, maxTokens);
      nesting += nestingChange(token.kind);
      stop('nesting', nesting, MAX_NESTING);
      if (token.kind === TokenKind.AT) directives += 1;
    }
    check('directives', directives, maxDirectives);
  }

  return (source, options) => {
    checkText(typeof source === 'string' ? new Source(source) : source);
    const document = parse(source, options);
    const measure = measurer(document);
    for (const definition of document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) {
        const size = measure(definition.selectionSet);
        check('rootFields', size.rootFields, maxRootFields);
        check('depth', size.depth, maxDepth);
        check('fields', size.fields, maxFields);
      }
    }
    return document;
  };
}

function check(limit: Limit, actual: number, maximum: number): void {
  if (actual <= maximum) return;
  // A few hundred fragments make it beyond all numbers.
  if (!Number.isSafeInteger(actual)) stop(limit, actual, maximum);
  const message = `The document is too large: it has ${actual} ${units[limit]}, and may have ${maximum}.`;
  throw new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, maximum, actual } });
}

/** Where it is not known how many there are, as of what is counted while the document is read, which ends at the limit. */
function stop(limit: Limit, soFar: number, maximum: number): void {
  if (soFar <= maximum) return;
  const message = `The document is too large: it has more than ${maximum} ${units[limit]}, and may have ${maximum}.`;
  throw new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, maximum } });
}

function nestingChange(kind: TokenKind): -1 | 0 | 1 {
  switch (kind) {
    case TokenKind.BRACE_L:
    case TokenKind.BRACKET_L:
    case TokenKind.PAREN_L:
      return 1;
    case TokenKind.BRACE_R:
    case TokenKind.BRACKET_R:
    case TokenKind.PAREN_R:
      return -1;
    default:
      return 0;
  }
}

interface Size {
  readonly rootFields: number;
  readonly depth: number;
  readonly fields: number;
}

const nothing: Size = { rootFields: 0, depth: 0, fields: 0 };

/** Measures each fragment once, so that fragments within fragments cannot multiply the work. */
function measurer({ definitions }: DocumentNode): (selections: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();

  function measureFragment(name: string): Size {
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
        const size = spread ? measureFragment(selection.name.value) : measure(selection.selectionSet);
        rootFields += size.rootFields;
        depth = Math.max(depth, size.depth);
        fields += size.fields;
      }
    }
    return { rootFields, depth, fields };
  }

  return measure;
}
