import { Readable } from 'node:stream';
import type { Subject } from '#kernel/access/access.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Contract, DeclaredError } from '#kernel/contract/operation.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import type { Clock } from '#kernel/time/clock.ts';

/** A picture as a browser sends it. */
export const jpegFile = (name: string, bytes: Uint8Array): UploadedFile => ({
  name,
  declaredType: 'image/jpeg',
  stream: Readable.from([Buffer.from(bytes)]),
});

/** What one call tells a handler: whose it is, and what is sent along. */
export type CallInProcess = (who: string, subject: Subject, file?: UploadedFile) => CallContext;

/** Calls to the handlers of some contracts that are made in this process, as the door would make them. A refusal says everything that was found wrong. */
export const callsInProcess = (clock: Clock, contracts: readonly Contract[]): CallInProcess => {
  const errors: Readonly<Record<string, DeclaredError>> = Object.assign(
    {},
    ...contracts.flatMap((contract) => Object.values(contract).map((operation) => operation.errors)),
  );
  return (who, subject, file) => ({
    subject,
    ip: '127.0.0.1',
    userAgent: '',
    now: clock.now(),
    traceId: `demo-${who}`,
    file,
    sessionToken: undefined,
    setSession: () => undefined,
    leaveRead: async () => undefined,
    fail: (code, more = {}) => {
      const declared = errors[code];
      const told = more.problems?.map(({ message }) => message).join('；');
      throw new Failure(declared?.status ?? 500, code, more.message ?? told ?? declared?.message ?? code, more);
    },
  });
};
