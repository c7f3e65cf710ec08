/** The settings of calls to AWS. */
import { describe, expect, it } from 'vitest';
import { awsQuotas } from '../../src/aws/models/quotas.ts';
import { readConfig } from '../../src/config/index.ts';
import { StartupError } from '../../src/startup-error.ts';

const { identitystore, rekognition, chime } = awsQuotas;
const services = Object.values(awsQuotas).map(({ service }) => service);

describe('AWS_BUDGETS', () => {
  it('are AWS’s quotas with real AWS, and none with local AWS', () => {
    const { quotas } = readConfig({ AWS_BACKEND: 'aws', AUTH: 'none' });
    expect(quotas.of(identitystore, 'CreateUser')).toEqual({ name: 'identitystore', perSecond: 20 });
    expect(quotas.of(identitystore, 'ListUsers')).toEqual({ name: 'identitystore', perSecond: 20 });
    expect(quotas.of(rekognition, 'CreateUser')).toEqual({ name: 'rekognition:CreateUser', perSecond: 5 });
    expect(quotas.of(rekognition, 'TagResource')).toEqual({ name: 'rekognition:TagResource', perSecond: 10 });
    expect(quotas.of(chime, 'CreateUser')).toBeUndefined();

    expect(readConfig({}).quotas.of(identitystore, 'CreateUser')).toBeUndefined();
    expect(readConfig({ AWS_BUDGETS: 'aws' }).quotas.of(identitystore, 'CreateUser')).toBeDefined();
    const off = readConfig({ AWS_BACKEND: 'aws', AUTH: 'none', AWS_BUDGETS: 'off' });
    expect(off.quotas.of(identitystore, 'CreateUser')).toBeUndefined();
  });

  it('may be others for services, which count as AWS counts, and for operations', () => {
    const AWS_BUDGETS = 'identitystore=40, rekognition:CreateUser=10,chime=2.5,identitystore:ListUsers=off';
    const { quotas } = readConfig({ AWS_BACKEND: 'aws', AUTH: 'none', AWS_BUDGETS });
    expect(quotas.of(identitystore, 'CreateUser')).toEqual({ name: 'identitystore', perSecond: 40 });
    expect(quotas.of(identitystore, 'ListUsers')).toBeUndefined();
    expect(quotas.of(rekognition, 'CreateUser')).toEqual({ name: 'rekognition:CreateUser', perSecond: 10 });
    expect(quotas.of(rekognition, 'DeleteUser')).toEqual({ name: 'rekognition:DeleteUser', perSecond: 5 });
    expect(quotas.of(chime, 'CreateUser')).toEqual({ name: 'chime', perSecond: 2.5 });
    const local = readConfig({ AWS_BUDGETS: 'rekognition=7' }).quotas;
    expect(local.of(rekognition, 'TagResource')).toEqual({ name: 'rekognition:TagResource', perSecond: 7 });
    expect(local.of(identitystore, 'CreateUser')).toBeUndefined();
  });
});

it.each(['AWS_BUDGETS', 'LOCAL_AWS_QUOTAS'])('%s with an unknown name ends the start with a line', name => {
  expect(() => readConfig({ [name]: 'rekognition:MakeUser=5' })).toThrow(
    new StartupError([
      `${name}="rekognition:MakeUser=5" is wrong: it must be a list, separated by commas, of: aws (its defaults) or off (none) for what is not named; a service (${services.join(', ')}) or an operation (rekognition:CreateUser) with =, and its requests a second, at most 100000, or off.`,
    ]),
  );
});
