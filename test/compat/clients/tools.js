// Runs the tools of GraphQL clients, and of federation, over the gateway's schema, compiles the code in the documents that
// uses clients' packages, and then runs the example of a client: `npm run clients` at the root.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { allSnippets, compilerOn } from '../../support/snippets.ts';
import { exampleChecks } from './example.js';
import { documents, persistedChecks } from './persisted.js';

process.chdir(import.meta.dirname);
const text = readFileSync('../../../schema.graphql', 'utf8');
rmSync('generated', { recursive: true, force: true });
for (const folder of ['relay', 'documents']) mkdirSync(`generated/${folder}`, { recursive: true });
// The compiler and the linter would look into it.
process.on('exit', () => rmSync('generated', { recursive: true, force: true }));

function run(tool, ...args) {
  execFileSync(process.execPath, [`node_modules/${tool}`, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Fails unless a generated file says what it ought to. */
function expectIn(file, ...texts) {
  const content = readFileSync(`generated/${file}`, 'utf8');
  for (const wanted of texts) {
    if (!content.includes(wanted)) throw new Error(`${file} has no ${JSON.stringify(wanted)}.`);
  }
}

function fragment(type, name) {
  return `graphql\`
    fragment ${name}_users on ${type} @refetchable(queryName: "${name}UsersQuery")
    @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" }) {
      users(first: $first, after: $after) @connection(key: "${name}_users") { edges { node { userId } } }
    }\`;\n`;
}

const checks = {
  'relay-compiler, with @refetchable on a collection and on an account': () => {
    writeFileSync('generated/relay/collection.ts', fragment('RekognitionCollection', 'collection'));
    writeFileSync('generated/relay/account.ts', fragment('ChimeAccount', 'account'));
    writeFileSync('generated/relay/persisted.json', '{}');
    run('relay-compiler/cli.js', 'relay.config.json');
    const texts = Object.values(JSON.parse(readFileSync('generated/relay/persisted.json', 'utf8')));
    for (const name of ['collectionUsersQuery', 'accountUsersQuery']) {
      if (!texts.some(each => each.startsWith(`query ${name}(`) && each.includes('node(id: $id)'))) {
        throw new Error(`${name} does not ask for the node.`);
      }
    }
  },
  "codegen's client preset, and Apollo Client's possibleTypes": () => {
    for (const [name, document] of Object.entries(documents)) {
      writeFileSync(`generated/documents/${name}.graphql`, document);
    }
    run('@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen.json');
    expectIn('client/graphql.ts', 'createdAt: string | null', 'extensions: Record<string, unknown> | null');
    expectIn('possible-types.json', '"CreateChimeUserSuccess"', '"RekognitionCollection"');
  },
  'gql.tada': () => {
    run('gql.tada/bin/cli.js', 'generate-output');
    expectIn('graphql-env.d.ts', 'RekognitionCollectionConnection', 'isOneOf');
  },
  // What the documentation says of each: a new version that composes the schema, or no longer does, fails here.
  'Apollo Federation refuses @oneOf': () => {
    const { errors = [] } = composeByApollo([{ name: 'vestibule', typeDefs: parse(text) }]);
    expectErrors(errors, '[vestibule] Unknown directive "@oneOf".');
  },
  "The Guild's composition, which Hive uses, takes it as it is": () => {
    const services = [{ name: 'vestibule', url: 'http://vestibule/graphql', typeDefs: parse(text) }];
    const { errors = [], supergraphSdl = '' } = composeByGuild(services);
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(' '));
    if (!supergraphSdl.includes('input ChimeUserBy')) throw new Error('Nothing came of it.');
  },
  'The code of frontends in the documents compiles': async () => {
    const said = await compilerOn(await allSnippets(), 'test/compat/clients');
    if (said) throw new Error(said);
  },
};

function expectErrors(errors, message) {
  const messages = new Set(errors.map(error => error.message));
  if (messages.size !== 1 || !messages.has(message)) throw new Error(`It says: ${[...messages].join(' ')}`);
}

for (const [name, check] of Object.entries({ ...checks, ...persistedChecks, ...exampleChecks })) {
  await check();
  console.log(`ok  ${name}`);
}
