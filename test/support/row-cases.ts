/** Rows of bulk jobs that come in a file, and are right but for one thing. */

import type { TestGateway } from './gateway.ts';
import { askWithFile, endOfJob } from './jobs.ts';

/** Columns of a file, and the cells of its only row. */
export interface RowCase {
  readonly name: string;
  readonly input: object;
  readonly cells: Readonly<Record<string, string>>;
}

export const newUser = {
  userName: 'new',
  displayName: 'New',
  'name.givenName': 'New',
  'name.familyName': 'User',
};

/** An id of the right form, which nothing has. */
export const someId = '00000000-0000-0000-0000-000000000000';

/** The Chime account of the demo world. */
export const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';

/** More than any member may have. */
export const tooLong = 'x'.repeat(2_000);

/** What has become of the row when its job has ended. */
export async function rowOf(gateway: TestGateway, { name, input, cells }: RowCase) {
  const text = `${Object.keys(cells).join()}\n${Object.values(cells).join()}\n`;
  const { job } = await askWithFile(gateway, name, input, { format: 'csv', text });
  const [row] = (await endOfJob(gateway, job.id)).rows;
  return row;
}
