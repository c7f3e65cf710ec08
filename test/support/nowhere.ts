/** What things are in, by the member that names it, and an id that none has. */
export const nowhere: Readonly<Record<string, string>> = {
  accountId: '00000000-0000-0000-0000-000000000000',
  appInstanceArn: 'arn:aws:chime:us-east-1:123456789012:app-instance/nowhere',
  appInstanceUserArn: 'arn:aws:chime:us-east-1:123456789012:app-instance/nowhere/user/ada',
  collectionId: 'nowhere',
  identityStoreId: 'd-0000000000',
};
