/** The members of inputs that hold what a user is to be. */
import type { InputBuilder } from '../../../schema/operation/mutation.ts';
import { textInputs } from '../../../schema/operation/texts.ts';
import { descriptions, texts } from './descriptions.ts';
import * as profile from './profile.ts';

/** @param ofUserName What else to say of the user name. */
export function attributeInputs(t: InputBuilder, ofUserName = '') {
  return {
    userName: t.string({ description: `${descriptions.userName}${ofUserName}` }),
    name: t.field({ type: profile.name.input, description: descriptions.name }),
    ...textInputs(t, texts),
    emails: t.field({ type: [profile.email.input], description: descriptions.emails }),
    addresses: t.field({ type: [profile.address.input], description: descriptions.addresses }),
    phoneNumbers: t.field({ type: [profile.phoneNumber.input], description: descriptions.phoneNumbers }),
    photos: t.field({ type: [profile.photo.input], description: descriptions.photos }),
    roles: t.field({ type: [profile.role.input], description: descriptions.roles }),
    extensions: t.field({ type: 'JSONObject', description: descriptions.extensions }),
  };
}
