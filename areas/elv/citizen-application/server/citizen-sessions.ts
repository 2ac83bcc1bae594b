import type { Subject } from '#kernel/access/access.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { applicantRole } from '../model/citizen-application.roles.ts';
import { findSession, touchSession } from './citizen.store.ts';

/** Citizens photograph papers in between: they may rest longer than people of the house, and come in anew each day. Source: assumption, adr/0044. */
export const sessionMs = { idle: 30 * 60_000, absolute: 12 * 3_600_000 } as const;

const touchMs = 60_000;

/**
 * The subject behind a citizen's token; undefined when it is unknown or has run out. A citizen is no account: the name stays out of steps and log, and the one
 * role is that of everybody who comes in this way. Source: tender R43, R62.
 */
export const citizenSubjects =
  ({ db, clock, access }: { readonly db: Db; readonly clock: Clock; readonly access: { refresh(): Promise<void> } }) =>
  async (token: string, unattended: boolean): Promise<Subject | undefined> => {
    await access.refresh();
    const digest = sm3Hex(token);
    const session = await findSession(db, digest);
    const now = clock.now();
    const since = (at: Date): number => now.getTime() - at.getTime();
    if (!session || since(session.createdAt) > sessionMs.absolute || since(session.seenAt) > sessionMs.idle)
      return undefined;
    if (!unattended && since(session.seenAt) > touchMs) await touchSession(db, digest, now);
    return {
      id: session.citizenId,
      name: '申请人',
      organisationId: null,
      organisationName: null,
      organisationCode: null,
      districtCode: null,
      roles: [applicantRole],
    };
  };
