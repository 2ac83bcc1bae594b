import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { familyVin } from '#apps/simulators/register/family.ts';
import { caseImportContract, caseImportView } from '#areas/elv/case-import/model/case-import.contract.ts';
import { caseColumns } from '#areas/elv/case-import/model/case-rows.ts';
import { clientOf } from '#kernel/contract/client.ts';
import { type Cells, filledBook } from '#testkit/filled-book.ts';
import type { Figure } from '../figure.ts';
import { multipart } from '../multipart.ts';
import type { Person } from '../people.ts';
import type { Bench } from '../scene.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A vehicle no other measure has, with everything a yard's own system knows of it. */
const line = (n: number): Cells => ({
  'papers.plateNo': `沪C${String(n).padStart(5, '0')}`,
  'papers.plateTypeCode': '小型汽车',
  'papers.vin': familyVin(800_000 + n),
  'papers.brandModel': '大众汽车牌SVW71612BM',
  'papers.registrationDate': '2012-05-01',
  'owner.ownerName': '孙演示',
  'owner.ownerPhone': '13800130000',
});

const bookOf = (from: number, count: number): Promise<Buffer> =>
  filledBook(
    caseColumns,
    Array.from({ length: count }, (_, at) => line(from + at)),
  );

const check = async ({ transport, send }: Person, book: Buffer) => {
  const { contentType, body } = multipart('vehicles.xlsx', xlsx, book);
  const headers = { 'x-requested-with': 'desk', 'content-type': contentType };
  const reply = await send(`${transport.baseUrl}/api/elv/case-imports?key=${randomUUID()}`, 'POST', headers, body);
  const text = await reply.text();
  if (!reply.ok) throw new Error(`the workbook was not taken: ${reply.status} ${text}`);
  return caseImportView.parse(JSON.parse(text));
};

const secondsOf = async <T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly result: T }> => {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1_000, result };
};

/** Cases from a workbook: the dry run of a whole file, and how many are opened in a second afterwards. */
export const measureCaseImport = async ({ short, scene }: Bench): Promise<readonly Figure[]> => {
  const { people } = await scene();
  const [clerk] = people.clerks;
  if (!clerk) throw new Error('nobody imports');
  const api = clientOf(caseImportContract, clerk.transport);
  const [looked, opened] = short ? [50, 30] : [10_000, 1_000];
  const whole = await bookOf(0, looked);
  const dry = await secondsOf(() => check(clerk, whole));
  const { id: importId } = await check(clerk, await bookOf(20_000, opened));
  const opening = await secondsOf(async () => {
    await api.acceptImport({ importId, rows: 'all' });
    while ((await api.readImport({ importId })).state !== 'done') await pause(100);
  });
  return [
    { measure: `cases from a workbook, dry run of ${looked} lines`, value: dry.seconds, unit: 's', better: 'lower' },
    { measure: 'cases from a workbook, opened', value: opened / opening.seconds, unit: '/s', better: 'higher' },
  ];
};
