import type { Db, Tx } from '#kernel/db/database.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { certificateKinds, titleIn } from '../model/practitioner.fields.ts';
import { lapsingNotice } from '../model/practitioner.notices.ts';
import type { PractitionerTables } from './practitioner.tables.ts';
import { accessRowOf, practitionerColumns } from './practitioner-access.ts';
import { type Days, daysOf, type PractitionerParts } from './practitioner-desk.ts';

const atOnce = 100;

/** Certificates of people at work that lapse soon and nobody was warned of yet, with what access control sees of whose they are. */
const listUnwarned = (db: Db | Tx, { today, warnUntil }: Days) =>
  db
    .withTables<PractitionerTables>()
    .selectFrom('elv.practitioner_certificate as c')
    .innerJoin('elv.practitioner as p', 'p.id', 'c.practitioner_id')
    .select(Object.values(practitionerColumns).map((column) => `p.${column}` as const))
    .select(['c.id as certificate_id', 'c.kind', 'c.valid_until'])
    .where('c.valid_until', '>=', today)
    .where('c.valid_until', '<=', warnUntil)
    .where('c.warned_at', 'is', null)
    .where('c.latest', '=', true)
    .where('c.removed_at', 'is', null)
    .where('p.left_on', 'is', null)
    .orderBy('c.valid_until')
    .orderBy('c.id')
    .limit(atOnce)
    .execute();

/** Warns enterprises of certificates that lapse soon, each certificate once; answers of how many it was. Source: tender T2.10. */
export const warnOfLapses = async (parts: PractitionerParts): Promise<number> => {
  const { db, clock, notices } = parts;
  const now = clock.now();
  const days = await daysOf(parts, now);
  let warned = 0;
  for (let full = true; full; ) {
    const some = await inTransaction(db, async (tx) => {
      const due = await listUnwarned(tx, days);
      for (const one of due)
        await notices.raise(tx, {
          kind: lapsingNotice,
          values: { kind: titleIn(certificateKinds, one.kind), until: one.valid_until ?? '' },
          matter: { type: 'elv.practitioner', id: one.id, row: accessRowOf(one) },
          occasion: `lapse ${one.certificate_id}`,
          organisationId: one.organisation_id,
          at: now,
        });
      if (due.length > 0)
        await tx
          .withTables<PractitionerTables>()
          .updateTable('elv.practitioner_certificate')
          .set({ warned_at: now })
          .where(
            'id',
            'in',
            due.map(({ certificate_id }) => certificate_id),
          )
          .execute();
      return due.length;
    });
    warned += some;
    full = some === atOnce;
  }
  return warned;
};
