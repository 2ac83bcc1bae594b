import type { Subject } from '#kernel/access/access.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { liesIn } from '#kernel/contract/address-range.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { KnownCaller, SignedDoorParts } from '#kernel/contract/signed-door.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { paceOver } from '#kernel/pace/pace.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { enterpriseSystem, isOver } from '../model/enterprise-system.lifecycle.ts';
import { systemRole } from '../model/enterprise-system.roles.ts';
import { refusedCallTitle } from '../model/refused-calls.ts';
import { countRefusal, type FoundSystem, findByAppId, holdSystem, noteUsed } from './enterprise-system.store.ts';
import { standsAsConfirmed } from './flow.ts';
import type { SystemParts } from './system-desk.ts';

/** What the ids of systems begin with, where those of people do not. */
const callerPrefix = 'enterprise-system:';

/** Who a system is to the rest of the program: its enterprise's, by a name that says what it is. */
const subjectOf = async (parts: SystemParts, { id, record, row }: FoundSystem): Promise<Subject | undefined> => {
  const organisation = await parts.organisations.find(parts.db, row.enterprise_id);
  return (
    organisation && {
      id: `${callerPrefix}${id}`,
      name: `企业系统（${record.name}）`,
      organisationId: organisation.id,
      organisationName: organisation.name,
      organisationCode: organisation.creditCode,
      districtCode: organisation.districtCode,
      roles: [systemRole],
    }
  );
};

const notInForce: Readonly<Record<string, string>> = {
  proposed: '这个系统的登记尚待商务委确认，确认后才能调用',
  refused: '这个系统的登记未获确认，请由企业管理员重新登记',
  withdrawn: '这个系统的登记已撤回，请由企业管理员重新登记',
  revoked: '这个系统已停用，要再使用请由企业管理员重新登记',
};

const barOf = async (
  parts: Parameters<typeof standsAsConfirmed>[0],
  system: FoundSystem,
  { ip, now }: { readonly ip: string; readonly now: Date },
): Promise<Failure | undefined> => {
  const { state, record } = system;
  if (state !== 'active') return new Failure(401, 'NOT_IN_FORCE', notInForce[state] ?? '这个系统不在使用中');
  if (!(await standsAsConfirmed(parts, system)))
    return new Failure(401, 'ALTERED', '这个系统的登记内容被改动过，已停止使用，请联系平台管理员');
  const { validUntil, ranges } = record;
  if (isOver(record, now))
    return new Failure(401, 'EXPIRED', `这个系统的有效期到 ${validUntil} 为止，请由企业管理员重新登记`);
  if (ranges.length > 0 && !liesIn(ip, ranges))
    return new Failure(401, 'ADDRESS', `这个系统只能从登记的地址调用，本次来自 ${ip}`);
  return undefined;
};

const tooMany = (): Failure => new Failure(429, 'TOO_MANY', '调用过于频繁，请稍等一分钟再试');

/** Looks again whether the system that sends something is still in force, and keeps it so until what it sent is kept. Errors: throws the refusal. Source: tender T5.4. */
export const stillInForce =
  ({ crypto, clock }: SystemParts) =>
  async (tx: Tx, { subject, ip }: { readonly subject: Subject; readonly ip: string }): Promise<void> => {
    const system = await holdSystem(tx, subject.id.slice(callerPrefix.length));
    if (!system) throw new Error(`${subject.id} is no system that came in`);
    const bar = await barOf({ crypto, db: tx }, system, { ip, now: clock.now() });
    if (bar) throw bar;
  };

/** What the log is told of a call that was not let in: the first of its kind on a day; how many there were is counted beside it. */
const refusalFact = (
  { id, record, row }: FoundSystem,
  { refused, ip, at, traceId }: Parameters<KnownCaller['told']>[0],
): AuditFact => ({
  at,
  kind: 'security',
  action: refusedCallTitle.id,
  actor: { id: `${callerPrefix}${id}`, name: `企业系统（${record.name}）`, organisationId: row.enterprise_id, ip },
  object: { type: enterpriseSystem.id, id },
  outcome: 'refused',
  detail: { code: refused },
  traceId,
});

const told =
  ({ db }: SystemParts, system: FoundSystem): KnownCaller['told'] =>
  async (call) => {
    const { refused, ip, at } = call;
    if (refused === null) return noteUsed(db, system.row.app_id, at);
    await inTransaction(db, async (tx) => {
      const of = { day: shanghaiDay(at), code: refused, at, ip: ip.slice(0, 64) };
      if ((await countRefusal(tx, system.id, of)) === 1) await appendFact(tx, refusalFact(system, call));
    });
  };

/** The door by which enterprises' systems come in: by the key that was registered and confirmed, as long as it is in force. Source: domain 9; tender T5.4. */
export const systemsDoor = (parts: SystemParts): SignedDoorParts => {
  const { db, crypto, clock, takeNonce } = parts;
  const { perMinute } = parts.rules;
  const pace = paceOver(db);
  return {
    crypto,
    clock,
    takeNonce: (appId, nonce) => takeNonce(db, appId, nonce),
    find: async (appId) => {
      const system = await findByAppId(db, appId);
      const subject = system && (await subjectOf(parts, system));
      return (
        subject && {
          publicKey: system.record.publicKey,
          subject,
          barOf: async (from) =>
            (await barOf(parts, system, from)) ??
            ((await pace.tooMany(`${callerPrefix}${system.id}`, perMinute, from.now)) ? tooMany() : undefined),
          told: told(parts, system),
        }
      );
    },
  };
};
