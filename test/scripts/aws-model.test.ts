import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceModel } from '../../src/aws/models/model.ts';
import { shapeOf } from '../../src/aws/models/shapes.ts';
import { models } from '../support/service-models.ts';

const fixture = new URL('./garden-shed.service-2.json', import.meta.url).pathname;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aws-model-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(...args: readonly string[]): Promise<Ended> {
  const ended = promisify(execFile)(process.execPath, ['scripts/aws-model.ts', ...args]);
  return ended.catch((error: unknown) => error as Ended);
}

function written(): string {
  return readFileSync(join(folder, 'garden-shed.json'), 'utf8');
}

/** What the script says when it refuses. */
async function refusal(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(() => written()).toThrow('ENOENT');
  return stderr.trimEnd();
}

const knock = `{
 "service": "garden-shed",
 "serviceId": "Garden Shed",
 "apiVersion": "2030-01-02",
 "protocol": "rest-json",
 "jsonVersion": null,
 "targetPrefix": null,
 "signingName": "garden",
 "endpointPrefix": "shed",
 "operations": {
  "Knock": {"http": {"method": "GET", "requestUri": "/knock"}, "input": null, "output": null, "errors": ["ShedFault"]}
 },
 "errors": {
  "ShedFault": {"httpStatus": 500, "senderFault": null, "fault": true, "members": {"Message": "Message"}}
 },
 "shapes": {
  "Message": {"type": "string"}
 }
}
`;

const both = String.raw`{
 "service": "garden-shed",
 "serviceId": "Garden Shed",
 "apiVersion": "2030-01-02",
 "protocol": "rest-json",
 "jsonVersion": null,
 "targetPrefix": null,
 "signingName": "garden",
 "endpointPrefix": "shed",
 "operations": {
  "Knock": {"http": {"method": "GET", "requestUri": "/knock"}, "input": null, "output": null, "errors": ["ShedFault"]},
  "LendTool": {"http": {"method": "POST", "requestUri": "/sheds/{shed}/tools?operation=lend", "responseCode": 201}, "input": "LendToolRequest", "output": "LendToolResponse", "errors": ["ToolMissingException", "ShedFault"]}
 },
 "errors": {
  "ShedFault": {"httpStatus": 500, "senderFault": null, "fault": true, "members": {"Message": "Message"}},
  "ToolMissingException": {"httpStatus": 404, "senderFault": true, "fault": false, "members": {"Message": "Message", "Reason": "MissingReason"}}
 },
 "shapes": {
  "Message": {"type": "string"},
  "LendToolRequest": {"type": "structure", "required": ["Shed", "Tool"], "members": {"Shed": {"shape": "ShedName", "location": "uri", "wireName": "shed"}, "Days": {"shape": "Days", "location": "querystring", "wireName": "days"}, "Reason": {"shape": "Secret", "location": "header", "wireName": "X-Reason"}, "Token": {"shape": "ShedName", "idempotencyToken": true}, "Tool": {"shape": "Tool"}, "Borrower": {"shape": "Borrower"}, "Labels": {"shape": "Labels"}, "Notes": {"shape": "Notes", "wireName": "notes"}, "Settings": {"shape": "Secret", "jsonvalue": true}}},
  "ShedName": {"type": "string", "min": 1, "max": 20, "pattern": "[a-z\\-]+"},
  "Days": {"type": "integer", "min": 1, "max": 14},
  "Secret": {"type": "string", "sensitive": true},
  "Tool": {"type": "structure", "required": ["Kind"], "members": {"Kind": {"shape": "Kind"}, "Parts": {"shape": "Tools"}, "Weight": {"shape": "Weight"}}},
  "Kind": {"type": "string", "enum": ["spade", "rake"]},
  "Tools": {"type": "list", "member": "Tool", "max": 3},
  "Weight": {"type": "double", "min": 0.5},
  "Borrower": {"type": "structure", "required": [], "members": {"Member": {"shape": "ShedName"}, "Guest": {"shape": "Secret"}}, "union": true},
  "Labels": {"type": "map", "key": "ShedName", "value": "Secret", "max": 5, "sparse": true},
  "Notes": {"type": "structure", "required": [], "members": {}, "document": true},
  "LendToolResponse": {"type": "structure", "required": ["Photo"], "members": {"Photo": {"shape": "Photo"}, "Until": {"shape": "Time", "location": "header", "wireName": "X-Until"}, "Status": {"shape": "Status", "location": "statusCode"}}, "payload": "Photo"},
  "Photo": {"type": "blob", "streaming": true},
  "Time": {"type": "timestamp", "timestampFormat": "iso8601"},
  "Status": {"type": "integer"},
  "MissingReason": {"type": "string", "enum": ["LENT", "LOST"]}
 }
}
`;

test('A new file has the operations that were asked for, one line for each fact', async () => {
  const { stdout } = await run(fixture, '--to', folder, '--add', 'Knock');
  expect(stdout).toBe(`${join(folder, 'garden-shed.json')} is written anew, with 1 operation.\n`);
  expect(written()).toBe(knock);
});

test('An update keeps the operations of the file, in their order, and adds others behind them', async () => {
  await run(fixture, '--to', folder, '--add', 'Knock');
  const { stdout } = await run(fixture, '--to', folder, '--add', 'LendTool', '--add', 'Knock');
  expect(stdout).toBe(`${join(folder, 'garden-shed.json')} is written anew, with 2 operations.\n`);
  expect(written()).toBe(both);
  const model = JSON.parse(both) as ServiceModel;
  for (const name of Object.keys(model.shapes)) expect(shapeOf(model, name)).toBeDefined();
});

test('A file that AWS still describes in the same way stays as it is', async () => {
  writeFileSync(join(folder, 'garden-shed.json'), both);
  const { stdout } = await run(fixture, '--to', folder);
  expect(stdout).toBe(`${join(folder, 'garden-shed.json')} is as AWS describes it.\n`);
  expect(written()).toBe(both);
});

test('A changed fact changes one line', async () => {
  writeFileSync(join(folder, 'garden-shed.json'), both.replace('"max": 14', '"max": 7'));
  await run(fixture, '--to', folder);
  expect(written()).toBe(both);
});

test('AWS’s description may be compressed', async () => {
  const compressed = join(folder, 'service-2.json.gz');
  writeFileSync(compressed, gzipSync(readFileSync(fixture)));
  await run(compressed, '--to', folder, '--add', 'Knock');
  expect(written()).toBe(knock);
});

describe('Nothing is written, and one line says why,', () => {
  const usage = 'Usage: npm run aws-model -- <path of a service-2.json> [--add <Operation>]… [--to <folder>]';

  test('when no path or an unknown option is given', async () => {
    expect(await refusal()).toBe(usage);
    expect(await refusal(fixture, fixture)).toBe(usage);
    expect(await refusal(fixture, '--operation', 'Knock')).toBe(usage);
  });

  test('when there is no file at the path', async () => {
    const path = join(folder, 'nowhere.json');
    expect(await refusal(path)).toBe(
      `${path} cannot be read as JSON: ENOENT: no such file or directory, open '${path}'`,
    );
  });

  test('when the file is not JSON', async () => {
    const path = join(folder, 'text.json');
    writeFileSync(path, 'text');
    expect(await refusal(path)).toBe(
      `${path} cannot be read as JSON: Unexpected token 'e', "text" is not valid JSON`,
    );
  });

  test('when the file describes no service', async () => {
    expect(await refusal('package.json')).toBe(
      `package.json is not AWS's description of a service:
✖ Invalid input: expected object, received undefined
  → at metadata
✖ Invalid input: expected record, received undefined
  → at operations
✖ Invalid input: expected record, received undefined
  → at shapes`,
    );
  });

  test('when the service speaks another protocol', async () => {
    const path = join(folder, 'service-2.json');
    writeFileSync(
      path,
      readFileSync(fixture, 'utf8').replace('"protocol": "rest-json"', '"protocol": "ec2"'),
    );
    expect(await refusal(path, '--to', folder)).toBe(
      `${path} is not AWS's description of a service:
✖ the model files know json and rest-json alone
  → at metadata.protocol`,
    );
  });

  test('when a new file would have no operation', async () => {
    expect(await refusal(fixture, '--to', folder)).toBe(
      `There is no ${join(folder, 'garden-shed.json')} yet. Name its operations with --add.`,
    );
  });

  test('when AWS has no such operation', async () => {
    expect(await refusal(fixture, '--to', folder, '--add', 'Sweep')).toBe(
      'Garden Shed has no operation Sweep.',
    );
  });

  test('when AWS states something that the files have no place for', async () => {
    expect(await refusal(fixture, '--to', folder, '--add', 'Listen')).toBe(
      'The shape Song is not as expected:\n✖ Unrecognized key: "eventstream"',
    );
    expect(await refusal(fixture, '--to', folder, '--add', 'Ring')).toBe(
      'The operation Ring is not as expected:\n✖ Unrecognized key: "endpoint"',
    );
  });
});

test('The project’s files are in the form that the script writes', async () => {
  const { print } = await import('../../scripts/aws-model/print.ts');
  for (const model of models) {
    const text = readFileSync(`src/aws/models/${model.service}.json`, 'utf8');
    expect(text).toBe(print(model));
  }
});
