import { type Offering, offering } from '#kernel/area/offer.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { organisationsOffer } from '#practices/registry/server/organisations.ts';
import { addOrganisation, findOrganisation, listOrganisations } from './organisation.store.ts';

/**
 * Organisations as other areas may ask for them: read as they stand now, and registered where an import brings one that is not known. So names,
 * credit codes and districts are said here and nowhere else. Source: tender R42, R49.
 */
export const organisationsOffered = (db: Db): Offering =>
  offering(organisationsOffer, {
    all: (_, on = db) => listOrganisations(on),
    find: async ({ id }, on = db) => (await findOrganisation(on, id)) ?? null,
    register: ({ name, creditCode, districtCode, kind, by: { actor, at: time, traceId } }) =>
      inTransaction(db, async (tx) => {
        const at = new Date(time);
        const made = { id: uuidv7(at), name, creditCode, districtCode, kind };
        if (!(await addOrganisation(tx, made))) {
          const there = (await listOrganisations(tx)).find((one) => one.creditCode === creditCode);
          // Whoever had no answer asks again.
          const same = there?.name === name && there.districtCode === districtCode && there.kind === kind;
          return same ? there : null;
        }
        await appendFact(tx, {
          at,
          kind: 'security',
          action: 'governance.organisation.register',
          actor,
          object: { type: 'governance.organisation', id: made.id },
          outcome: 'done',
          detail: {
            changes: Object.fromEntries(
              Object.entries({ name, creditCode, districtCode, kind }).map(([field, now]) => [
                field,
                { was: null, now },
              ]),
            ),
          },
          traceId,
        });
        return made;
      }),
  });
