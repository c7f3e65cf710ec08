/** What the schema says of the members of a group, which its type and its inputs have in common. */
export const texts = {
  displayName: 'The name of the group, unique in the store. AWS wants every group to have one.',
  description: 'What the group is for.',
} as const;
