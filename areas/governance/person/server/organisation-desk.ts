import { appendFact } from '#kernel/audit/trail.store.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import { addOrganisation, findOrganisation, listOrganisations } from './organisation.store.ts';

/**
 * Organisations as other areas may ask for them: read as they stand now, and registered where an import brings one that is not known. So names,
 * credit codes and districts are said here and nowhere else. Source: tender R42, R49.
 */
export const organisationDesk: Organisations = {
  all: listOrganisations,
  find: findOrganisation,
  register: async (tx, { name, creditCode, districtCode, kind }, { actor, at, traceId }) => {
    const made = { id: uuidv7(at), name, creditCode, districtCode, kind };
    if (!(await addOrganisation(tx, made))) return undefined;
    await appendFact(tx, {
      at,
      kind: 'security',
      action: 'governance.organisation.register',
      actor,
      object: { type: 'governance.organisation', id: made.id },
      outcome: 'done',
      detail: {
        changes: Object.fromEntries(
          Object.entries({ name, creditCode, districtCode, kind }).map(([field, now]) => [field, { was: null, now }]),
        ),
      },
      traceId,
    });
    return made;
  },
};
