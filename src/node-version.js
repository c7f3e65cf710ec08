// Plain JavaScript, and loaded before everything else, because older versions of Node cannot read TypeScript.
import process from 'node:process';

const required = 24;

if (Number.parseInt(process.versions.node, 10) < required) {
  process.stderr.write(
    `Vestibule needs Node.js ${required} or newer, and this is ${process.version}. ` +
      '"npm ci" brings it along for "npm start" and the other npm scripts.\n',
  );
  process.exit(1);
}
