/** Types of things that have a global id, and can be fetched again by it. */
import type { FieldMap } from '@pothos/core';
import { type GraphQLSchema, isObjectType } from 'graphql';
import type { LookUp } from '../../adapter/look-up.ts';
import type { KeyWith, NativeKey } from '../../adapter/native-key.ts';
import { builder, ID_DESCRIPTION, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import { encodeGlobalId } from '../global-id.ts';
import { registerNode } from '../nodes.ts';
import { readsObjectAlone } from '../plain-fields.ts';
import { observed } from './observed.ts';
import { requireScope } from './permission.ts';
import { type Declaration, operations, register, type Scope } from './registry.ts';
import type { SuccessBuilder } from './result.ts';
import type { Texts } from './texts.ts';

/** What reading a thing takes, by the look-up that finds it. */
const readScopes = new Map<LookUp, Scope>();

/** What callers need for the look-up of a node type. */
export function readScopeOf(find: LookUp): Scope {
  const scope = readScopes.get(find);
  if (!scope) throw new TypeError('Only a look-up of a node type can find a thing, or the rest of it.');
  return scope;
}

/** The fields of the native key of each node type, by its name. */
const keyFields = new Map<string, readonly string[]>();

/** Says of the fields of each node type, whether they take more of a thing than its key: the name of the type. */
export function markWholeFields(schema: GraphQLSchema): void {
  const declared = new Set(operations().map(({ coordinate }) => coordinate));
  for (const [name, key] of keyFields) {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    for (const field of fields) {
      const isKey = field.name === 'id' || key.includes(field.name);
      if (!isKey && !declared.has(`${name}.${field.name}`))
        Object.assign(field.extensions, { ofWhole: name });
    }
  }
}

/** The name of the type that a field takes more of than the key; undefined for any other field. */
export function wholeThatFieldTakes({ extensions }: { readonly extensions: object }): string | undefined {
  return (extensions as { readonly ofWhole?: string }).ofWhole;
}

interface NodeDeclaration<Name extends string, Node extends KeyWith<Name>> extends Declaration {
  readonly key: NativeKey<Name>;
  readonly find: LookUp<KeyWith<Name>, Node>;
  readonly fields: (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Node>) => FieldMap;
}

/** Declares a node type, and that `node` and `nodes` find its things by their native key. */
export function nodeType<Name extends string, Node extends KeyWith<Name>>(
  name: string,
  declaration: NodeDeclaration<Name, Node>,
) {
  const { description, scope, key, find, fields } = declaration;
  readScopes.set(find, scope);
  keyFields.set(name, key.names);
  const operation = register('node', name, declaration);
  const findByKey = (wanted: KeyWith<Name>, context: Context) => context.find(find, wanted);
  registerNode(name, (text, context) => {
    requireScope(context, scope);
    const parsed = key.parse(text);
    return parsed && observed(operation, context, findByKey, parsed, context);
  });
  const globalId = (thing: KeyWith<Name>) => encodeGlobalId(name, key.format(thing));
  const type = builder.objectRef<Node>(name).implement({
    description,
    interfaces: [builder.nodeInterfaceRef()],
    // Pothos' own ids of nodes are promises, which make promises of each thing and of every list that holds it.
    fields: (t): FieldMap => ({
      id: t.id({
        nullable: false,
        description: ID_DESCRIPTION,
        resolve: globalId,
        extensions: readsObjectAlone,
      }),
      ...fields(t),
    }),
  });
  return Object.assign(type, {
    /** What AWS tells its things from each other by. */
    key,
    /** The global id of one of its things. */
    globalId,
    /**
     * Fields of a delete's success: the global id that the thing had, and its native key.
     *
     * @param what It in a sentence: "user".
     * @param parts What to say of each part of the key.
     */
    deleted: <Outcome extends KeyWith<Name>>(
      t: SuccessBuilder<Outcome>,
      what: string,
      parts: Texts<Name>,
    ): FieldMap => {
      const narrowest = key.names.at(-1) ?? '';
      const plain = { nullable: false, extensions: readsObjectAlone } as const;
      const native = key.names.map(part => {
        const field = t.string({ ...plain, description: parts[part], resolve: outcome => outcome[part] });
        return [part, field];
      });
      return {
        [`deleted${narrowest.charAt(0).toUpperCase()}${narrowest.slice(1)}`]: t.id({
          ...plain,
          description: `The global id that the ${what} had.`,
          resolve: globalId,
        }),
        ...Object.fromEntries(native),
      };
    },
    /**
     * A field of an update's success for the whole thing as it is now, read back when it is asked for. That the
     * reading may fail takes nothing from the success, so the field is null then, beside the error.
     *
     * @param what It begins the description: "The user".
     */
    afterChange: <Outcome extends KeyWith<Name>>(t: SuccessBuilder<Outcome>, what: string) =>
      t.field({
        type,
        nullable: true,
        description: `${what} after the change; null, beside an error, when it could not be read back.`,
        resolve: reading((outcome: Outcome, _args: unknown, context: Context) => {
          requireScope(context, scope);
          return context.find(find, outcome) as never;
        }),
      }),
  });
}

/** The resolvers that may read from AWS what an object lacks. */
const readers = new WeakSet<object>();

function reading<Resolve extends object>(resolve: Resolve): Resolve {
  readers.add(resolve);
  return resolve;
}

/** Whether a field may have to read from AWS what its object lacks. */
export function readsBack({ extensions }: { readonly extensions: object }): boolean {
  const { pothosOptions } = extensions as { readonly pothosOptions?: { readonly resolve?: object } };
  return pothosOptions?.resolve !== undefined && readers.has(pothosOptions.resolve);
}

/** A thing as AWS describes it, or a part of it. */
export type Described<Node> = Node & { readonly isPart?: true };

/** A thing of which AWS did not tell everything: what it was sent to create it, or what a list has of it. */
export function partOf<Node extends object>(thing: Node): Described<Node> {
  return { ...thing, isPart: true };
}

/**
 * Resolves a member that parts of a thing lack: it is looked up when it is asked for, by who may read the thing.
 *
 * @param find The look-up of a node type, which says what reading takes.
 */
export function stored<Key, Node extends Key, Member extends keyof Node>(
  find: LookUp<Key, Node>,
  member: Member,
) {
  const scope = readScopeOf(find);
  return reading(
    async (thing: Described<Node>, _args: unknown, context: Context): Promise<Node[Member] | undefined> => {
      if (!thing.isPart) return thing[member];
      requireScope(context, scope);
      return (await context.find(find, thing))?.[member];
    },
  );
}
