/** What a world may begin with: `seeds-of.ts` has what that is. */
export const seedNames = ['demo', 'empty', 'thousand', 'statuses'] as const;

export type SeedName = (typeof seedNames)[number];
