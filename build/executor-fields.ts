/** What the executor does for each request and for each field, of which an answer with a page of 100 users has 700. */

type Edit = readonly [original: string, replacement: string];

/**
 * V8 keeps the members of objects without a prototype in hash tables, which take more memory, and more time to fill, to
 * read and to write as JSON. Objects of a function whose prototype is empty inherit as little, and V8 keeps them like
 * all others.
 */
const emptyObject: Edit = ['Object.create(null)', 'new EmptyObject()'];
const emptyObjectFunction = `
function EmptyObject() {}
EmptyObject.prototype = Object.create(null);
`;

/** It would make two maps and a closure to find that there are none. */
const noArguments: Edit = [
  'const args = getArgumentValues(',
  'const args = fieldDef.args.length === 0 ? {} : getArgumentValues(',
];

/**
 * Which fields are selected is the same for all requests with a document, unless directives leave some out: then it is
 * kept with the operation, and otherwise with the request, as in executor-memory.ts.
 */
const memoryOwner: Edit = [
  '    return {\n        schema,\n        fragments,\n        rootValue,\n        contextValue,\n        operation,',
  '    return {\n        memoryOwner: hasDirectives(document) ? {} : operation,\n        schema,\n        fragments,\n        rootValue,\n        contextValue,\n        operation,',
];
const rootFields: Edit = [
  'collectFields(schema, fragments, variableValues, rootType, operation.selectionSet);',
  'collectRootFields(exeContext, rootType, operation.selectionSet);',
];
const rememberedSelections = `
const collectRootFields = memoize3((exeContext, rootType, selectionSet) =>
  collectFields(exeContext.schema, exeContext.fragments, exeContext.variableValues, rootType, selectionSet));

const documentsWithDirectives = new WeakMap();
function hasDirectives(document) {
  let found = documentsWithDirectives.get(document);
  if (found === undefined) {
    found = document.definitions.some(selectsByDirective);
    documentsWithDirectives.set(document, found);
  }
  return found;
}
function selectsByDirective({ directives, selectionSet }) {
  return directives?.length > 0 || selectionSet?.selections.some(selectsByDirective) === true;
}
`;

/**
 * A field whose value stands in the object around it needs neither a path nor information about itself. What is no
 * plain value, or none that its type takes, goes the usual way, which has the words for it.
 */
const plainFields: Edit = [
  '            const fieldPath = addPath(path, responseName, parentType.name);\n            const result = executeField(',
  `            const plain = plainValue(parentType, sourceValue, fieldNodes[0].name.value);
            if (plain !== undefined) {
                results[responseName] = plain;
                continue;
            }
            const fieldPath = addPath(path, responseName, parentType.name);
            const result = executeField(`,
];
const plainValueFunction = `
const plainLeafType = Symbol('plainLeafType');
function plainValue(parentType, source, name) {
  if (name === '__typename') return parentType.name;
  const field = parentType.getFields()[name];
  if (field === undefined || typeof source !== 'object' || source === null) return undefined;
  const type = (field[plainLeafType] ??= plainLeafTypeOf(field));
  if (type === 'none') return undefined;
  try {
    const value = field.resolve ? field.resolve(source) : source[name];
    if (value === undefined || typeof value === 'object' || typeof value === 'function') return undefined;
    return type.serialize(value) ?? undefined;
  } catch {
    return undefined;
  }
}
function plainLeafTypeOf({ type, resolve, extensions }) {
  const inner = isNonNullType(type) ? type.ofType : type;
  return isLeafType(inner) && (!resolve || extensions.readsObjectAlone) ? inner : 'none';
}
`;

/**
 * Variables come out of JSON: reading them twice gives the same, and no copy has to see to that, which would stay with them for as
 * long as the request takes. Fields that are named like what objects inherit are not declared anywhere.
 */
const noSnapshot: Edit = [
  'const sourceValue = snapshotInputValue(value, varType);',
  'const sourceValue = value;',
];

/** The texts of the executor's files with these edits; each has to be there. */
export const fieldEdits: Readonly<Record<string, (text: string) => string>> = {
  '@graphql-tools/executor/esm/execution/execute.js': text =>
    edited(text, [emptyObject, noArguments, memoryOwner, rootFields, plainFields]) +
    emptyObjectFunction +
    rememberedSelections +
    plainValueFunction,
  '@graphql-tools/executor/esm/execution/promiseForObject.js': text =>
    edited(text, [emptyObject]) + emptyObjectFunction,
  '@graphql-tools/executor/esm/execution/values.js': text => edited(text, [noSnapshot]),
};

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, [original, replacement]) => {
    if (!before.includes(original)) throw new Error(`The executor has no ${original}`);
    return before.replaceAll(original, replacement);
  }, text);
}
