import type { Db, Tx } from '#kernel/db/database.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { StandingTable } from './qualification.tables.ts';
import { holdStanding, listStandings } from './standing.store.ts';

const ended: Readonly<Record<string, string>> = { revoked: '被吊销', annulled: '被撤销', cancelled: '注销' };

const goesOn = '已受理的车辆可以办完或移交';

const obstacleOf = (standing: StandingTable, today: string): string | null => {
  const { status, suspended_until: suspendedUntil, valid_until: validUntil, certificate_no: certificateNo } = standing;
  if (status !== 'qualified')
    return `企业资质（${certificateNo}）已${ended[status] ?? '终止'}，不能新受理车辆；${goesOn}`;
  if (suspendedUntil !== null && suspendedUntil >= today)
    return `企业正在停业整顿（至 ${suspendedUntil}），不能新受理车辆；${goesOn}`;
  return validUntil < today
    ? `企业资质认定书（${certificateNo}）有效期已于 ${validUntil} 届满，不能新受理车辆，请先办理延续；${goesOn}`
    : null;
};

/**
 * Why an enterprise may not accept a vehicle now; null where it may. Asked in the transaction that accepts, and true until that has ended.
 * An enterprise whose qualification is not kept here yet is let through; see ADR 0032. Source: tender R13; domain 7.3; Regulation 715 art. 5.
 */
export const obstacleToAccepting = async (tx: Tx, organisationId: string, now: Date): Promise<string | null> => {
  const standing = await holdStanding(tx, organisationId);
  return standing ? obstacleOf(standing, shanghaiDay(now)) : null;
};

/** Of these organisations those that may accept vehicles, by the same rule; as it stands when asked, for choosing among them. Source: tender R62. */
export const acceptingAmong = async (
  db: Db | Tx,
  organisationIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> => {
  const today = shanghaiDay(now);
  const standings = await listStandings(db, organisationIds);
  const barred = new Set(
    standings.filter((one) => obstacleOf(one, today) !== null).map(({ organisation_id: id }) => id),
  );
  return new Set(organisationIds.filter((id) => !barred.has(id)));
};
