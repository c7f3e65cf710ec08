/** What the other files do, tried on the demo world: `npm start` here, while `npm start` runs at the root. */
import { openAsBlob } from 'node:fs';
import { enrol, whoIsIn } from './faces.ts';
import { connect } from './gateway.ts';
import { createPerson, everybody, retire } from './people.ts';

const collectionId = 'employees';

async function main(url = 'http://127.0.0.1:4000/graphql'): Promise<void> {
  const client = connect(url);
  const name = `example-${Date.now().toString(36)}`;

  const userId = await createPerson(client, name);
  await createPerson(client, name);
  await createPerson(client, 'Katherine Johnson');
  if (userId) await retire(client, userId);

  for await (const names of everybody(client, 2)) console.log(`A page of users: ${names.join(', ')}`);

  const picture = await openAsBlob(`${import.meta.dirname}/newcomer.png`, { type: 'image/png' });
  await enrol(client, collectionId, name, picture);
  console.log(`In the picture: ${(await whoIsIn(client, collectionId, picture)).join(', ')}`);
  await enrol(client, collectionId, `${name}-2`, new Blob(['This is no picture.']));
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
