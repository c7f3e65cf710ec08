/** Plain texts that a type and its inputs have in common, described once: names of members and their descriptions. */
import type { FieldMap } from '@pothos/core';
import type { SchemaTypes } from '../builder.ts';
import { readsObjectAlone } from '../plain-fields.ts';
import type { InputBuilder } from './mutation.ts';

export type Texts<Name extends string> = Readonly<Record<Name, string>>;

type Text = string | null | undefined;

/** A field of an object type for each of its texts. */
export function textFields<Name extends string, Parent extends Readonly<Partial<Record<Name, Text>>>>(
  t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Parent>,
  texts: Texts<Name>,
): FieldMap {
  return Object.fromEntries(
    Object.entries<string>(texts).map(([name, description]) => [
      name,
      t.string({ description, resolve: parent => parent[name as Name], extensions: readsObjectAlone }),
    ]),
  );
}

/** A member of an input for each of its texts; all may be left out. */
export function textInputs<Name extends string>(t: InputBuilder, texts: Texts<Name>) {
  const text = (description: string) => t.string({ description });
  const entries = Object.entries<string>(texts).map(([name, description]) => [name, text(description)]);
  return Object.fromEntries(entries) as Readonly<Record<Name, ReturnType<typeof text>>>;
}
