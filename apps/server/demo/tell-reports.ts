import { shanghaiTime } from '#apps/simulators/exchange.ts';
import type { World } from '#apps/simulators/world.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Notices } from '#practices/notice/server/notices.ts';
import type { Product } from '../compose.ts';

const ways = { 'sms-gateway': 'sms', 'mail-gateway': 'mail' } as const;

/** The gateways report, in the story's time, what has arrived of the messages they took. */
export const tellReports = async (
  { notices, inbox }: { readonly notices: Pick<Notices, 'reports'>; readonly inbox: Product['inbox'] },
  world: World,
  db: Db,
): Promise<void> => {
  for (const [key, report] of world.entries('report')) {
    if (report.told) continue;
    const { system, reportId, reference, state, reason, dueAt } = report;
    const request = { reportId, reference, state, reason: reason || null };
    const [at, traceId] = [new Date(dueAt), `demo-${reportId}`];
    await inTransaction(db, async (tx) => {
      const asked = { ...request, at: at.toISOString() };
      const {
        caseType,
        caseId,
        outcome: status,
      } = await notices.reports(ways[system])(tx, { key: reportId, request: asked, traceId });
      const body = JSON.stringify({ ...request, reason, at: shanghaiTime(at) });
      const arrival = { connector: system, exchange: 'delivery-report', key: reportId, body, caseType, caseId, status };
      await inbox.keep(tx, { ...arrival, traceId, code: '0', message: 'OK' });
    });
    world.put('report', key, { ...report, told: true });
  }
};
