import { type ElvArea, elvArea } from '#areas/elv/area.ts';
import { usualExportFilesPerPerson, usualExportsPerPerson } from '#areas/elv/case-export/model/case-export.contract.ts';
import { usualCitizenRules } from '#areas/elv/citizen-application/model/real-name.ts';
import { usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { usualFarMetres } from '#areas/elv/photo-evidence/model/usual-distance.ts';
import { usualQueryRules } from '#areas/elv/progress/model/public-query.contract.ts';
import { askingOver } from '#kernel/connector/asking.ts';
import { usualQuietHours } from '#practices/notice/model/quiet-hours.ts';
import { peopleOffer } from '#practices/notice/server/people.offer.ts';
import { recipientsOver } from '#practices/notice/server/recipients.ts';
import { tellingWherever } from '#practices/notice/server/tell-people.ts';
import type { Ground } from './ground.ts';
import { leaveInterfaceFact } from './interface-facts.ts';

/** End-of-life vehicles on the ground of this process; what it needs of other areas comes by their offers. */
export const composeElv = (ground: Ground): ElvArea => {
  const { parts, access, offers, out } = ground;
  const { db, crypto, clock } = parts;
  return elvArea({
    db,
    crypto,
    clock,
    access,
    outbox: ground.outbox,
    inbox: ground.inbox,
    settings: ground.settings,
    signer: ground.signer,
    files: ground.files,
    reader: parts.reader,
    looker: parts.looker,
    shrink: parts.shrink,
    farMetres: parts.farMetres ?? usualFarMetres,
    notices: tellingWherever(offers, access),
    nudge: ground.nudge,
    organisations: ground.organisations,
    publicQuery: parts.publicQuery ?? usualQueryRules,
    citizens: parts.citizens ?? usualCitizenRules,
    asking: askingOver({ db, clock, wireOf: (id) => out.wires[id], onCrossing: leaveInterfaceFact }),
    systemRules: parts.systemRules ?? usualSystemRules,
    captchaText: parts.signIn?.captchaText,
    people: recipientsOver(offers.of(peopleOffer), access),
    quietHours: parts.quietHours === undefined ? usualQuietHours : parts.quietHours,
    exportsPerPerson: parts.exportsPerPerson ?? usualExportsPerPerson,
    exportFilesPerPerson: parts.exportFilesPerPerson ?? usualExportFilesPerPerson,
    exportHand: parts.exportHand,
    demo: parts.demo,
    jobs: ground.jobs,
    onFailure: parts.onFailure,
  });
};
