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

/** Each leaves room for several times what GraphiQL and this API's own examples ask for. */
const limits = {
  /** Names, punctuation and values. 25 creates with every member are some 7,000. */
  tokens: { maximum: 20_000, unit: 'tokens' },
  /** Brackets of any kind within one another; the parser uses the stack for each. */
  nesting: { maximum: 100, unit: 'levels of brackets' },
  /** Fields at the top, aliases included: each is at least one call to AWS. */
  rootFields: { maximum: 25, unit: 'top-level fields' },
  /** Fields within one another. GraphiQL's introspection has 15. */
  depth: { maximum: 20, unit: 'levels of fields' },
  /** All fields, those of a fragment as often as it is used. */
  fields: { maximum: 1_000, unit: 'fields' },
} as const;

type Limit = keyof typeof limits;

/** Parses a document that does not ask for too much at once. */
export function parseWithinLimits(source: string | Source, options?: ParseOptions): DocumentNode {
  checkText(typeof source === 'string' ? new Source(source) : source);
  const document = parse(source, options);
  const measure = measurer(document);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const size = measure(definition.selectionSet);
      check('rootFields', size.rootFields);
      check('depth', size.depth);
      check('fields', size.fields);
    }
  }
  return document;
}

function check(limit: Limit, actual: number): void {
  const { maximum, unit } = limits[limit];
  if (actual <= maximum) return;
  const message = `The document is too large: it has ${actual} ${unit}, and may have ${maximum}.`;
  throw new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, maximum, actual } });
}

function checkText(source: Source): void {
  const lexer = new Lexer(source);
  let [tokens, nesting] = [0, 0];
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    check('tokens', ++tokens);
    nesting += nestingChange(token.kind);
    check('nesting', nesting);
  }
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
