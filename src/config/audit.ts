/** Variables of the audit trail. */
import type { AuditConfig } from '../audit/index.ts';
import { anyText, choice, optionalText, type ValuesOf } from './variable.ts';

export const audit = {
  destination: optionalText(
    'AUDIT',
    anyText('`off`, `stdout`, or the path of a file'),
    'off with local AWS, else stdout',
    'Where each change is taken down, in lines of JSON, before it is sent to AWS and before it is answered.',
  ),
  fsync: choice(
    'AUDIT_FSYNC',
    ['off', 'on'],
    'off',
    '`on`: a line counts as written when the disk has it, so that it outlasts a crash of the machine; `off`: when the operating system has it.',
  ),
};

/** @param local Whether AWS is the one that the gateway brings along. */
export function readAudit({ destination, fsync }: ValuesOf<typeof audit>, local: boolean): AuditConfig {
  return { destination: destination ?? (local ? 'off' : 'stdout'), durable: fsync === 'on' };
}
