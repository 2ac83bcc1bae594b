import { usualSignIn } from '#areas/governance/account/server/account.parts.ts';
import { sessionsOver } from '#areas/governance/account/server/sessions.ts';
import { governanceArea } from '#areas/governance/area.ts';
import { administratorRoles } from '#areas/governance/audit-log/model/audit-log.roles.ts';
import { type AuditDesk, auditDesk } from '#areas/governance/audit-log/server/audit-desk.ts';
import type { CryptographyParts } from '#areas/governance/cryptography/server/cryptography.parts.ts';
import { sendingNotices } from '#areas/governance/notice/model/sending.notices.ts';
import { letterTo } from '#areas/governance/notice/server/letters.ts';
import { reachedPeople } from '#areas/governance/person/server/notice-recipients.ts';
import { holdersOf } from '#kernel/access/access-list.ts';
import type { Area } from '#kernel/area/area.ts';
import { noAnchor, sealKeyOf } from '#kernel/audit/sealer.ts';
import { clearAbandonedFiles } from '#kernel/files/abandoned-files.ts';
import { checkNextFiles } from '#kernel/files/file-check.ts';
import { usualQuietHours } from '#practices/notice/model/quiet-hours.ts';
import { type Notices, noticesOf } from '#practices/notice/server/notices.ts';
import { peopleOffer } from '#practices/notice/server/people.offer.ts';
import { recipientsOver } from '#practices/notice/server/recipients.ts';
import type { Ground } from './ground.ts';
import { titlesOf, valueTitlesOf } from './log-titles.ts';
import { permissionsOf } from './permission-catalogue.ts';
import {
  conditions,
  connectors,
  noticeKinds,
  operations,
  periods,
  personal,
  plans,
  retentions,
  rolesOfKind,
  sealedTables,
} from './plans.ts';

/** The area put together, with the working parts of it that the program, tests and demo data drive directly. */
export interface GovernanceHere {
  readonly area: Area;
  readonly audit: AuditDesk;
  readonly notices: Notices;
}

const noPosture: CryptographyParts['posture'] = { encrypted: false, requireCertified: false, release: () => null };

const noticesHere = (ground: Ground): Notices => {
  const { parts, access, offers } = ground;
  return noticesOf({
    db: parts.db,
    clock: parts.clock,
    access,
    recipients: { ...recipientsOver(offers.of(peopleOffer), access), ...reachedPeople(parts.crypto) },
    settings: ground.settings,
    quietHours: parts.quietHours === undefined ? usualQuietHours : parts.quietHours,
    outbox: ground.outbox,
    nudge: ground.nudge,
    letterTo,
    kinds: noticeKinds,
    stopped: sendingNotices.stopped,
  });
};

const auditHere = (ground: Ground, notices: Notices): AuditDesk => {
  const { parts, access } = ground;
  return auditDesk({
    db: parts.db,
    crypto: parts.crypto,
    clock: parts.clock,
    signer: ground.signer,
    anchor: parts.sealAnchor ?? noAnchor,
    operations,
    notices,
    jobs: ground.jobs,
    administrators: () => [...new Set(administratorRoles.flatMap((role) => holdersOf(access.list(), role)))],
    onFailure: parts.onFailure,
  });
};

const cryptographyOf = ({ parts, access, files }: Ground): CryptographyParts => ({
  db: parts.db,
  crypto: parts.crypto,
  keeper: parts.keeper,
  clock: parts.clock,
  access,
  files,
  store: parts.files,
  tables: sealedTables,
  rules: (parts.signIn ?? usualSignIn).rules,
  ...parts.sessionLimits,
  posture: parts.posture ?? noPosture,
  quietMs: parts.posture ? 10_000 : 0,
  onFailure: parts.onFailure,
});

/** People, permissions and the log on the ground of this process. */
export const composeGovernance = (ground: Ground): GovernanceHere => {
  const { parts, access, accessList, signer, jobs, files, tellOfFile } = ground;
  const { db, crypto, clock, onFailure } = parts;
  const signIn = parts.signIn ?? usualSignIn;
  const notices = noticesHere(ground);
  const audit = auditHere(ground, notices);
  const area = governanceArea({
    operating: {
      db,
      clock,
      jobs,
      telemetry: ground.telemetry,
      areas: plans.map(({ id, title }) => ({ id, title })),
      connectors: connectors.map(({ id, title }) => ({ id, title })),
      clearFiles: () => clearAbandonedFiles({ db, clock, store: parts.files }),
      checkFiles: () => checkNextFiles({ db, clock, files, onBroken: tellOfFile.onBroken }),
      diskRooms: parts.diskRooms ?? (async () => []),
      settings: ground.settings,
      retentions,
      backupLateHours: parts.backupLateHours ?? 26,
      onFailure,
      titleOf: (id) => operations.find((one) => one.id === id)?.title ?? id,
    },
    cryptography: cryptographyOf(ground),
    auditLog: {
      db,
      files,
      clock,
      key: sealKeyOf(signer),
      desk: audit,
      facts: ground.facts,
      titles: () => titlesOf(operations),
      valueTitles: () => valueTitlesOf((id) => access.titleOf(id)),
    },
    db,
    crypto,
    clock,
    access,
    accessList,
    signer,
    sessions: sessionsOver({ db, clock, limits: parts.sessionLimits, access, rules: signIn.rules }),
    notices,
    outbox: ground.outbox,
    nudge: ground.nudge,
    jobs,
    permissions: permissionsOf,
    conditions,
    personal,
    offers: ground.offers,
    signIn,
    demoAccounts: parts.demoAccounts,
    onFailure,
    periods,
    rolesOfKind,
  });
  return { area, audit, notices };
};
