/** Every provider, explicitly. To add one, see CONTRIBUTING.md. */
import { settings as identityStoreSettings } from './identity-store/settings.ts';
import type { ProviderEntry } from './provider.ts';

export const providers: readonly ProviderEntry[] = [
  { id: 'rekognition', name: 'Amazon Rekognition', load: () => import('./rekognition/index.ts') },
  {
    id: 'identity-store',
    name: 'IAM Identity Center',
    settings: identityStoreSettings,
    load: () => import('./identity-store/index.ts'),
  },
  {
    id: 'chime',
    name: 'Amazon Chime',
    notice: 'AWS ended support for Amazon Chime on 2026-02-20. Do not choose it for anything new.',
    load: () => import('./chime/index.ts'),
  },
  {
    id: 'chime-sdk-identity',
    name: 'Amazon Chime SDK Identity',
    load: () => import('./chime-sdk-identity/index.ts'),
  },
];
