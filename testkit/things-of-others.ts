import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { familyVin } from '#apps/simulators/register/family.ts';
import { caseExportContract } from '#areas/elv/case-export/model/case-export.contract.ts';
import { caseColumns } from '#areas/elv/case-import/model/case-rows.ts';
import { citizenContract } from '#areas/elv/citizen-application/model/citizen.contract.ts';
import { addSession, keepCitizen } from '#areas/elv/citizen-application/server/citizen.store.ts';
import { conductContract } from '#areas/elv/practitioner/model/conduct.contract.ts';
import { practitionerContract } from '#areas/elv/practitioner/model/practitioner.contract.ts';
import { ownAccountContract } from '#areas/governance/account/model/own-account.contract.ts';
import { importColumns } from '#areas/governance/person/model/import-rows.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { filledBook } from './filled-book.ts';
import { aBreach, aCertificateOf, aPerson } from './practitioner-hands.ts';
import type { ServedProduct } from './served-product.ts';
import { upload } from './upload.ts';

/** People to be entered, uploaded by whoever the cookie is of. */
export const anImport = async (served: ServedProduct, cookie: string): Promise<string> => {
  const bytes = await filledBook(importColumns, [{ userName: 'import1' }]);
  const address = `/api/governance/people-imports?key=${randomUUID()}`;
  const { body } = await upload(served.server, cookie, address, bytes);
  return (body as { id: string }).id;
};

/** Cases to be opened, uploaded by whoever the cookie is of. */
export const aCaseImport = async (served: ServedProduct, cookie: string): Promise<string> => {
  const bytes = await filledBook(caseColumns, [{ 'papers.vin': familyVin(901), 'owner.ownerName': '孙演示' }]);
  const { body } = await upload(served.server, cookie, `/api/elv/case-imports?key=${randomUUID()}`, bytes);
  return (body as { id: string }).id;
};

/** An export of the list of cases, asked for by whoever the cookie is of. */
export const anExport = async (served: ServedProduct, cookie: string): Promise<string> => {
  const asks = served.client(caseExportContract, cookie);
  const { id } = await asks.exportCases({ key: randomUUID(), filter: {}, reason: '年度统计报送' });
  await served.product.elv.caseExports.idle();
  return id;
};

/** A session of whoever the cookie is of. */
export const aSession = async (served: ServedProduct, cookie: string): Promise<string> => {
  const own = served.client(ownAccountContract, cookie);
  return (await own.sessions({}))[0]?.id ?? '';
};

/** A certificate of clerk2; a row will do, for nothing is signed with it. */
export const aCertificate = async ({ database }: ServedProduct): Promise<string> => {
  const fingerprint = 'f'.repeat(64);
  await sql`insert into governance.user_certificate (fingerprint, user_id, subject, pem, expires_at, bound_at)
    values (${fingerprint}, 'demo-clerk2', 'CN=test', 'pem', '2030-01-01', '2026-01-01')`.execute(database.ownerDb);
  return fingerprint;
};

/** A session that nobody has used for too long, or that began too long ago; put back before each call, for the first one ends it. */
export const expired = async (
  served: ServedProduct,
  what: 'idle' | 'absolute',
): Promise<{ cookie: string; putBack: () => Promise<void> }> => {
  const cookie = await served.signIn('clerk3');
  const digest = sm3Hex(cookie.split('=')[1] ?? '');
  const before = (minutes: number): Date => new Date(served.clock.now().getTime() - minutes * 60_000);
  const [began, seen] = what === 'idle' ? [before(60), before(31)] : [before(721), before(0)];
  const putBack = async (): Promise<void> => {
    const { numAffectedRows } =
      await sql`update governance.session set created_at = ${began}, seen_at = ${seen}, ended_at = null, end_reason = null
        where token_sm3 = ${digest}`.execute(served.database.ownerDb);
    if (numAffectedRows !== 1n) throw new Error('the session to be put back is there');
  };
  return { cookie, putBack };
};

/** A withdrawal of a case of the second yard, handed in, with a paper; rows will do, for nobody gets as far as to act on them. */
export const aWithdrawal = async (
  { database, clock }: ServedProduct,
  caseId: string,
): Promise<{ readonly id: string; readonly paperId: string }> => {
  const [id, paperId, at] = [randomUUID(), randomUUID(), clock.now()];
  const vehicle = { caseNo: 'SC1', plateNo: null, plateTypeCode: null, vin: null, brandModel: null };
  const empty = {
    application: {},
    vehicle,
    caseStood: null,
    successor: null,
    successorCase: null,
    refusalReason: null,
  };
  const record = JSON.stringify(empty);
  await sql`insert into elv.withdrawal (id, withdrawal_no, lifecycle_version, state, version, round, case_id, enterprise_id,
    enterprise_name, opened_by, opened_at, state_since, record, record_at_step, case_no)
    values (${id}, 'CX1', 1, 'internalReview', 1, 1, ${caseId}, 'yard-2', '二厂', 'demo-clerk2', ${at}, ${at}, ${record},
    ${record}, 'SC1')`.execute(database.ownerDb);
  await sql`insert into elv.withdrawal_paper (id, withdrawal_id, part, upload_key, file_id, file_name, media_type, size_bytes,
    sm3, uploaded_at, operator_id, operator_name)
    values (${paperId}, ${id}, 'owner-consent', 'k', 'f', 'a.jpg', 'image/jpeg', 1, ${'0'.repeat(64)}, ${at},
    'demo-clerk2', '吴一演示')`.execute(database.ownerDb);
  return { id, paperId };
};

/** The cookie of a citizen whom the one-stop service is said to have vouched for. */
export const aCitizen = async ({ database, product, clock }: ServedProduct, outsideId: string): Promise<string> => {
  const token = `token-of-${outsideId}`;
  const now = clock.now();
  const person = { name: '某甲演示', identityNo: '310101190001010014', mobile: null };
  await inTransaction(database.db, async (tx) => {
    const citizenId = await keepCitizen(tx, product.crypto, { outsideId, person, level: 'L3' }, now);
    await addSession(tx, { digest: sm3Hex(token), citizenId, at: now }, new Date(0));
  });
  return `hs_citizen=${token}`;
};

/** An application that a citizen has begun and not handed in, and the cookie of that citizen. */
export const aDraft = async (served: ServedProduct, outsideId: string): Promise<{ id: string; cookie: string }> => {
  const cookie = await aCitizen(served, outsideId);
  const { id } = await served.client(citizenContract, cookie).open({ key: randomUUID() });
  return { id, cookie };
};

/** A system of the second yard; a row will do, for nobody gets as far as to act on it. */
export const aSystemOfOthers = async ({ database, clock }: ServedProduct): Promise<string> => {
  const [id, at] = [randomUUID(), clock.now()];
  const entered = { name: '二厂系统', publicKey: '', ranges: [], validUntil: null, webhookUrl: null, opinion: null };
  await sql`insert into elv.enterprise_system (id, register_key, lifecycle_version, state, version, round, enterprise_id,
    registered_by, registered_by_name, registered_at, record, app_id)
    values (${id}, ${id}, 1, 'active', 3, 1, 'yard-2', 'demo-clerk2', '吴一演示', ${at}, ${JSON.stringify(entered)}, 'a')`.execute(
    database.ownerDb,
  );
  return id;
};

/** A person at work at the enterprise of the first cookie, with a certificate, a training and what the commission's cookie has put down of them. */
export const aPersonAtWork = async (served: ServedProduct, cookie: string, judging: string) => {
  const people = served.client(practitionerContract, cookie);
  const { id } = await people.create({ values: aPerson(900) });
  await people.addCertificate({ id, key: randomUUID(), values: aCertificateOf('2027-05-01') });
  const training = { title: '消防演练', hours: 4, heldOn: '2026-05-01', result: 'attended' };
  const { certificates, trainings } = await people.addTraining({ id, key: randomUUID(), values: training });
  const record = { id, key: randomUUID(), values: aBreach() };
  const { id: conductId } = await served.client(conductContract, judging).record(record);
  return { id, certificateId: certificates[0]?.id, trainingId: trainings[0]?.id, conductId };
};
