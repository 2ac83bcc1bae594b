import type { FastifyInstance } from 'fastify';
import { everyRow } from '#kernel/access/predicate.ts';
import type { AccessTarget } from '#kernel/area/access-target.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import { rememberedVerdicts } from '#kernel/crypto/remembered-verdicts.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { conductContract, conductStepContract } from '../model/conduct.contract.ts';
import { practitionerContract } from '../model/practitioner.contract.ts';
import { posts, titleIn } from '../model/practitioner.fields.ts';
import { practitionerImportContract } from '../model/practitioner-import.contract.ts';
import { writeArchives } from './archive-writer.ts';
import { conductHandlers, conductStepHandlers } from './conduct.handlers.ts';
import { findConduct, sealPlainConducts } from './conduct.store.ts';
import { conductEngine } from './conduct-flow.ts';
import { importHandlers } from './import.handlers.ts';
import { warnOfLapses } from './lapse-warning.ts';
import { practitionerHandlers } from './practitioner.handlers.ts';
import { findPractitioner } from './practitioner.store.ts';
import { accessRowOf, conductAccessRowOf } from './practitioner-access.ts';
import type { PractitionerDesk, PractitionerParts } from './practitioner-desk.ts';

/** People at work put together: what the area serves of them, and what it does by itself. */
export interface Practitioners {
  readonly desk: PractitionerDesk;
  mount(server: FastifyInstance, mount: MountParts): void;
  /** Warns of certificates that lapse soon; answers of how many. */
  warnOfLapses(): Promise<number>;
  /** Seals conduct records that stand in plain words from before they were sealed; answers how many. */
  sealConducts(): Promise<number>;
  /** Writes the archives of the years that have ended; answers how many. */
  writeArchives(stopping?: AbortSignal): Promise<number>;
  readonly accessTarget: AccessTarget;
  readonly conductTarget: AccessTarget;
}

/** Puts people at work together. Source: tender R49, T2.10. */
export const practitionersOf = (parts: PractitionerParts): Practitioners => {
  const desk: PractitionerDesk = {
    ...parts,
    engine: conductEngine(parts),
    verifySignature: rememberedVerdicts(parts.crypto),
  };
  return {
    desk,
    mount: (server, mount) => {
      mountContract(server, practitionerContract, practitionerHandlers(desk), mount);
      mountContract(server, practitionerImportContract, importHandlers(desk), mount);
      mountContract(server, conductContract, conductHandlers(desk), mount);
      mountContract(server, conductStepContract, conductStepHandlers(desk, conductStepContract), mount);
    },
    warnOfLapses: () => warnOfLapses(desk),
    sealConducts: async () => {
      let sealed = 0;
      for (let some = -1; some !== 0; sealed += some)
        some = await inTransaction(parts.db, (tx) => sealPlainConducts(tx, parts.crypto));
      return sealed;
    },
    writeArchives: (stopping) => writeArchives(desk, stopping),
    accessTarget: {
      find: async (known) => {
        const row = await findPractitioner(parts.db, known, everyRow);
        // Not by name: whoever gives exceptions need not know whom they are about.
        return row && { row: accessRowOf(row), title: `${row.organisation_name} ${titleIn(posts, row.post)}` };
      },
    },
    conductTarget: {
      find: async (known) => {
        const found = await findConduct(parts.db, parts.crypto, known, everyRow);
        return found && { row: conductAccessRowOf(found.row), title: `行为记录 ${found.row.occurred_on}` };
      },
    },
  };
};
