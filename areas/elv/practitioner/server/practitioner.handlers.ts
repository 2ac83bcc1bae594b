import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { practitionerContract } from '../model/practitioner.contract.ts';
import { certificateHandlers } from './certificate.handlers.ts';
import { listCertificates } from './certificate.store.ts';
import { countDisputed } from './conduct.store.ts';
import { editHandlers } from './edit-practitioner.ts';
import { enterPractitioner } from './enter-practitioner.ts';
import { exportPeople } from './export-people.ts';
import { scopeOf, searchedFor } from './list-scope.ts';
import { findPractitioner, listEnterprises } from './practitioner.store.ts';
import { accessRowOf, rowsFor, viewsOf } from './practitioner-access.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';
import { leaveFact } from './practitioner-facts.ts';
import { countPractitioners, listPractitioners } from './practitioner-list.store.ts';
import { openCertificateNo } from './practitioner-seal.ts';
import { rowViewOf } from './practitioner-view.ts';
import { plainOf, readPractitioner } from './read-practitioner.ts';

type PractitionerHandlers = Handlers<typeof practitionerContract>;

/** Shows one masked value in plain; who, which field and why are put down before the answer leaves, the value never. Source: tender R44; domain 10.5. */
const reveal =
  (desk: PractitionerDesk): PractitionerHandlers['reveal'] =>
  async ({ id, field, certificateId, reason }, context) => {
    const { db, crypto, access } = desk;
    const found = await findPractitioner(db, id, rowsFor(access, context.subject, 'reveal'));
    if (!found) throw notFound();
    const certificate =
      certificateId === undefined
        ? undefined
        : (await listCertificates(db, id)).find((one) => one.id === certificateId);
    const plain = async (): Promise<string | undefined> => {
      if (field !== 'certificateNo') return (await plainOf(desk, found))[field];
      return certificate && openCertificateNo(crypto, certificate.id, certificate.number_sealed);
    };
    const value = await plain();
    if (value === undefined) return context.fail('NOTHING');
    const what = certificate ? { field, certificateId: certificate.id } : { field };
    await inTransaction(db, (tx) => leaveFact(tx, context, found, 'reveal', { ...what, reason }));
    return { value };
  };

/** Handlers of people at work, but for imports and conduct. Source: tender R49, T2.10. */
export const practitionerHandlers = (desk: PractitionerDesk): PractitionerHandlers => {
  const { db, access } = desk;
  return {
    ...editHandlers(desk),
    ...certificateHandlers(desk),
    create: enterPractitioner(desk),
    reveal: reveal(desk),
    exportPeople: exportPeople(desk),
    list: async (input, context) => {
      const scope = await scopeOf(desk, context, input.q, ['read']);
      const { rows, total } = await listPractitioners(db, input, scope);
      if (input.q) await context.leaveRead({ search: searchedFor(input.q), found: total });
      const shown = rows.map((row) => rowViewOf(desk, row, viewsOf(access, context.subject, accessRowOf(row))));
      return { rows: await Promise.all(shown), total };
    },
    enterprises: (_, { subject }) => listEnterprises(db, rowsFor(access, subject, 'read')),
    summary: async (_, context) => {
      const { subject } = context;
      const scope = { ...(await scopeOf(desk, context, undefined, ['read'])), rows: rowsFor(access, subject, 'edit') };
      const [disputed, lapsed, lapsing] = await Promise.all([
        countDisputed(db, access.rowFilter(subject, 'elv.practitioner-conduct:keep')),
        countPractitioners(db, { certificate: 'lapsed', standing: 'working' }, scope),
        countPractitioners(db, { certificate: 'lapsing', standing: 'working' }, scope),
      ]);
      return { disputed, lapsed, lapsing };
    },
    get: ({ id }, context) => readPractitioner(desk, context, id),
  };
};
