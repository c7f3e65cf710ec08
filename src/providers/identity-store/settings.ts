/** The setting that only this provider has: the identity store of inputs that name none. */
import { violations } from '../../aws/models/constraints.ts';
import model from '../../aws/models/identitystore.json' with { type: 'json' };
import { shapeOf } from '../../aws/models/shapes.ts';
import { optionalText } from '../../config/variable.ts';
import type { ProviderSettings } from '../provider.ts';

export interface IdentityStoreSettings {
  readonly identityStoreId?: string | undefined;
}

/** The store of local AWS's demo world, which every local gateway serves unless told otherwise. */
const DEMO_IDENTITY_STORE = 'd-9067012345';

export const settings: ProviderSettings<IdentityStoreSettings> = {
  variables: {
    identityStoreId: optionalText(
      'IDENTITY_STORE_ID',
      {
        type: '"d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case',
        read: id => (violations(shapeOf(model, 'IdentityStoreId'), id).length === 0 ? id : undefined),
      },
      `${DEMO_IDENTITY_STORE} with local AWS, else none`,
      'The identity store of inputs that name none.',
    ),
  },
  read: ({ identityStoreId }: IdentityStoreSettings, { local }) => ({
    identityStoreId: identityStoreId ?? (local ? DEMO_IDENTITY_STORE : undefined),
  }),
  defaults: { IdentityStoreId: 'IDENTITY_STORE_ID' },
  localAws: ({ identityStoreId }) => ({ identityStores: identityStoreId ? [identityStoreId] : [] }),
};
