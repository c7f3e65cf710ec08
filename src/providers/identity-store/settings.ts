/** The setting that only this provider has: the identity store of inputs that name none. */
import * as z from 'zod';
import { violations } from '../../aws/models/constraints.ts';
import model from '../../aws/models/identitystore.json' with { type: 'json' };
import { shapeOf } from '../../aws/models/shapes.ts';
import type { ProviderSettings } from '../provider.ts';

export interface IdentityStoreSettings {
  readonly identityStoreId?: string | undefined;
}

/** The store of local AWS's demo world, which every local gateway serves unless told otherwise. */
const DEMO_IDENTITY_STORE = 'd-9067012345';

export const settings: ProviderSettings<IdentityStoreSettings> = {
  variables: {
    IDENTITY_STORE_ID: z
      .string()
      .refine(
        id => violations(shapeOf(model, 'IdentityStoreId'), id).length === 0,
        'it must be "d-" and ten hexadecimal digits (d-1234567890), or a UUID, in lower case',
      )
      .optional(),
  },
  read: ({ IDENTITY_STORE_ID: given }, { local }) => ({
    identityStoreId: given ?? (local ? DEMO_IDENTITY_STORE : undefined),
  }),
  defaults: { IdentityStoreId: 'IDENTITY_STORE_ID' },
  localAws: ({ identityStoreId }) => ({ identityStores: identityStoreId ? [identityStoreId] : [] }),
};
