import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent, insertRowsIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { CertificateTable, PractitionerTables, TrainingTable } from './practitioner.tables.ts';

/** The certificates of a person that stand, those that lapse last first; of one person there are few. */
export const listCertificates = (db: Db | Tx, practitionerId: string): Promise<CertificateTable[]> =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner_certificate')
    .selectAll()
    .where('practitioner_id', '=', practitionerId)
    .where('removed_at', 'is', null)
    .orderBy('latest', 'desc')
    .orderBy('valid_until', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();

/** Adds a certificate unless this click added it before; false then. */
export const addCertificate = (tx: Tx, row: CertificateTable): Promise<boolean> =>
  insertIfAbsent(tx, 'elv.practitioner_certificate', { ...row });

/** Adds the certificates of an import. */
export const addCertificates = (tx: Tx, rows: readonly CertificateTable[]): Promise<void> =>
  insertRowsIfAbsent(
    tx,
    'elv.practitioner_certificate',
    rows.map((row) => ({ ...row })),
  );

/** Writes what changed of a certificate. */
export const changeCertificate = async (
  tx: Tx,
  id: string,
  change: Partial<
    Pick<CertificateTable, 'latest' | 'file_id' | 'file_name' | 'file_sm3' | 'removed_at' | 'removed_by'>
  >,
): Promise<void> => {
  await tx
    .withTables<PractitionerTables>()
    .updateTable('elv.practitioner_certificate')
    .set(change)
    .where('id', '=', id)
    .execute();
};

const later = (a: CertificateTable, b: CertificateTable): number =>
  (b.valid_until ?? '9999').localeCompare(a.valid_until ?? '9999') || b.id.localeCompare(a.id);

/** Says anew which certificate of each kind lapses last: the others have been replaced, and nobody is warned of them. */
export const markLatest = async (tx: Tx, practitionerId: string): Promise<void> => {
  const all = await listCertificates(tx, practitionerId);
  for (const ofKind of Map.groupBy(all, ({ kind }) => kind).values()) {
    const [last] = [...ofKind].sort(later);
    for (const one of ofKind)
      if (one.latest !== (one === last)) await changeCertificate(tx, one.id, { latest: one === last });
  }
};

/** The trainings of a person that stand, the newest first. */
export const listTrainings = (db: Db | Tx, practitionerId: string): Promise<TrainingTable[]> =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner_training')
    .selectAll()
    .where('practitioner_id', '=', practitionerId)
    .where('removed_at', 'is', null)
    .orderBy('held_on', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();

/** Adds a training unless this click added it before; false then. */
export const addTraining = (tx: Tx, row: TrainingTable): Promise<boolean> =>
  insertIfAbsent(tx, 'elv.practitioner_training', { ...row });

/** Takes a training out; it stays in the database. Answers what it was called, undefined where there is none. */
export const removeTraining = async (
  tx: Tx,
  practitionerId: string,
  id: string,
  by: { readonly at: Date; readonly id: string },
): Promise<string | undefined> => {
  const row = await tx
    .withTables<PractitionerTables>()
    .updateTable('elv.practitioner_training')
    .set({ removed_at: by.at, removed_by: by.id })
    .where('id', '=', id)
    .where('practitioner_id', '=', practitionerId)
    .where('removed_at', 'is', null)
    .returning('title')
    .executeTakeFirst();
  return row?.title;
};
