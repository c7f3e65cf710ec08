/** The `providers` query: what this gateway serves, and against which AWS. */
import { builder } from './builder.ts';
import type { ProviderStatus } from './context.ts';

const EndpointKind = builder.enumType('EndpointKind', {
  description: "What a provider's requests go to.",
  values: {
    AWS: { description: 'AWS itself.' },
    LOCAL: { description: 'The local AWS that the gateway brings along: no AWS account is involved.' },
    CUSTOM: { description: "Another implementation of AWS's endpoints, configured in the SDK's own way." },
  },
});

const Provider = builder.objectRef<ProviderStatus>('Provider').implement({
  description: 'A place where AWS keeps users, as this gateway sees it.',
  fields: t => ({
    id: t.exposeID('id', {
      nullable: false,
      description: "The name in the gateway's configuration, such as `rekognition`.",
    }),
    name: t.exposeString('name', { nullable: false, description: 'The name that AWS gives the service.' }),
    enabled: t.exposeBoolean('enabled', {
      nullable: false,
      description: 'Whether this gateway serves it; if not, its fields are absent from the schema.',
    }),
    region: t.exposeString('region', { description: 'The AWS region in use; null when it is not enabled.' }),
    endpointKind: t.field({
      type: EndpointKind,
      description: 'What its requests go to; null when it is not enabled.',
      resolve: provider => provider.endpointKind,
    }),
    notice: t.exposeString('notice', {
      description: 'What to know before choosing it, such as the end of its support.',
    }),
  }),
});

builder.queryField('providers', t =>
  t.field({
    type: [Provider],
    nullable: { list: false, items: false },
    description: 'All providers that this gateway knows, whether they are enabled or not.',
    resolve: (_root, _args, context) => context.gateway.statuses,
  }),
);
