import { type ElvArea, type ElvParts, elvArea } from '#areas/elv/area.ts';
import { usualExportFilesPerPerson, usualExportsPerPerson } from '#areas/elv/case-export/model/case-export.contract.ts';
import { type CitizenRules, usualCitizenRules } from '#areas/elv/citizen-application/model/real-name.ts';
import { type SystemRules, usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { usualFarMetres } from '#areas/elv/photo-evidence/model/usual-distance.ts';
import { type PublicQueryRules, usualQueryRules } from '#areas/elv/progress/model/public-query.contract.ts';
import { type DemoAccount, type SignInSetup, usualSignIn } from '#areas/governance/account/server/account.parts.ts';
import { type SessionLimits, type Sessions, sessionsOver } from '#areas/governance/account/server/sessions.ts';
import { governanceArea } from '#areas/governance/area.ts';
import { administratorRoles } from '#areas/governance/audit-log/model/audit-log.roles.ts';
import { type AuditDesk, auditDesk } from '#areas/governance/audit-log/server/audit-desk.ts';
import type { Posture } from '#areas/governance/cryptography/server/cryptography.parts.ts';
import { sendingNotices } from '#areas/governance/notice/model/sending.notices.ts';
import { letterTo } from '#areas/governance/notice/server/letters.ts';
import type { OperatingParts } from '#areas/governance/operating/server/operating.parts.ts';
import { noticeRecipients } from '#areas/governance/person/server/notice-recipients.ts';
import { organisationDesk } from '#areas/governance/person/server/organisation-desk.ts';
import { type AccessListStore, accessListStore } from '#kernel/access/access-list.store.ts';
import { holdersOf } from '#kernel/access/access-list.ts';
import { type StoredAccess, storedAccess } from '#kernel/access/stored-access.ts';
import type { Area } from '#kernel/area/area.ts';
import { noAnchor, type SealAnchor, sealKeyOf } from '#kernel/audit/sealer.ts';
import { askingOver } from '#kernel/connector/asking.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import type { OnCrossing } from '#kernel/connector/crossing.ts';
import { type Inbox, inboxOf } from '#kernel/connector/inbox.store.ts';
import { type Outbox, outboxOf } from '#kernel/connector/outbox.store.ts';
import { type Relay, type RelayParts, startRelay } from '#kernel/connector/relay.ts';
import type { Crypto, KeyKeeper } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { clearAbandonedFiles } from '#kernel/files/abandoned-files.ts';
import { checkNextFiles } from '#kernel/files/file-check.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { type Jobs, jobsOf } from '#kernel/jobs/jobs.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { type RuntimeSettings, runtimeSettings } from '#kernel/settings/setting.store.ts';
import { type Telemetry, telemetryOf } from '#kernel/telemetry/call-times.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type QuietHours, usualQuietHours } from '#practices/notice/model/quiet-hours.ts';
import { type Notices, noticesOf } from '#practices/notice/server/notices.ts';
import type { PaperReader } from '#practices/paper-reading/model/paper-reading.ts';
import type { PictureLooker } from '#practices/photo-evidence/model/picture-seen.ts';
import type { Shrink } from '#practices/picture/server/shrinker.ts';
import { fileFacts } from './file-facts.ts';
import { leaveInterfaceFact } from './interface-facts.ts';
import { leaveListFact } from './list-facts.ts';
import { titlesOf, valueTitlesOf } from './log-titles.ts';
import { permissionsOf } from './permission-catalogue.ts';
import { conditions, connectors, noticeKinds, periods, personal, roles, rolesOfKind, sealedTables } from './plans.ts';

/** What the product is put together from. Tests and demo data give their own clock, wires and reader. */
export interface ProductParts extends Partial<Pick<OperatingParts, 'diskRooms'>> {
  readonly db: Db;
  readonly crypto: Crypto;
  /** Looks after the keys of that edition. */
  readonly keeper: KeyKeeper;
  readonly clock: Clock;
  /** Where the sealed bytes of files lie. */
  readonly files: FileStore;
  readonly reader: PaperReader;
  readonly looker: PictureLooker;
  /** Makes pictures smaller. */
  readonly shrink: Shrink;
  /** Metres from the yard beyond which photographs are marked; as shipped unless told otherwise. */
  readonly farMetres?: number;
  readonly sessionLimits: SessionLimits;
  /** How people sign in; as shipped unless told otherwise. */
  readonly signIn?: SignInSetup;
  /** How the public query of progress is bounded; as shipped unless told otherwise. */
  readonly publicQuery?: PublicQueryRules;
  /** How citizens come in; as shipped unless told otherwise. */
  readonly citizens?: CitizenRules;
  /** What is set about enterprises' own systems; as shipped unless told otherwise. */
  readonly systemRules?: SystemRules;
  /** How many exports one person may have in hand at once; as shipped unless told otherwise. */
  readonly exportsPerPerson?: number;
  /** How many finished files of one person are kept; as shipped unless told otherwise. */
  readonly exportFilesPerPerson?: number;
  /** Who writes the files of exports; this process itself unless given. */
  readonly exportHand?: ElvParts['exportHand'];
  /** When no short message goes out; null where there are no such hours. */
  readonly quietHours?: QuietHours | null;
  /** Where the newest audit seal is noted outside the database; nowhere unless told. */
  readonly sealAnchor?: SealAnchor;
  /** How the server runs, for the self-check; as in a test unless told. */
  readonly posture?: Posture;
  /** Demo mode: watermarks on what is printed. */
  readonly demo: boolean;
  readonly demoAccounts: readonly DemoAccount[];
  /** What the process does by itself; a book of its own unless given. */
  readonly jobs?: Jobs;
  readonly onFailure: (error: unknown, about?: object) => void;
}

/** The product put together, neither listening nor relaying yet. */
export interface Product {
  readonly access: StoredAccess;
  readonly accessList: AccessListStore;
  readonly crypto: Crypto;
  readonly sessions: Sessions;
  readonly settings: RuntimeSettings;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  readonly elv: ElvArea;
  readonly notices: Notices;
  readonly areas: readonly Area[];
  /** Keeps the log: takes facts in, seals, watches. */
  readonly audit: AuditDesk;
  readonly telemetry: Telemetry;
  readonly onCrossing: OnCrossing;
  /** Gives the wires by which outside systems are asked while somebody waits. */
  reach(wires: Readonly<Record<string, Wire>>): void;
  /** Starts carrying messages over these wires; also told of every put message from then on. */
  relay(
    wires: Readonly<Record<string, Wire>>,
    tuning?: Pick<RelayParts, 'retry' | 'pauses' | 'concurrency' | 'tracing'>,
  ): Relay;
}

const noPosture: Posture = { encrypted: false, requireCertified: false, release: () => null };

/** The one place where dependencies are handed out. */
export const compose = (parts: ProductParts): Product => {
  const { db, crypto, clock, reader, demo, demoAccounts, onFailure } = parts;
  const jobs = parts.jobs ?? jobsOf({ clock, onFailure });
  const tellOfFile = fileFacts(db, clock, onFailure);
  const files = sealedFiles({ db, crypto, clock, store: parts.files, ...tellOfFile });
  const settings = runtimeSettings(db, clock);
  const outbox = outboxOf({ connectors, crypto, clock });
  const inbox = inboxOf({ connectors, crypto, clock });
  const signer = personalSigner(crypto, clock);
  const accessList = accessListStore({ crypto, signer });
  const access = storedAccess({
    db,
    clock,
    store: accessList,
    shipped: roles,
    auditRoles: ['security-auditor'],
    onTurn: (state) => leaveListFact(db, state),
  });
  let relay: Relay | undefined;
  let wiresNow: Readonly<Record<string, Wire>> = {};
  const nudge = (): void => relay?.nudge();
  const recipients = noticeRecipients(access, crypto);
  const quietHours = parts.quietHours === undefined ? usualQuietHours : parts.quietHours;
  const notices = noticesOf({
    db,
    clock,
    access,
    recipients,
    settings,
    quietHours,
    outbox,
    nudge,
    letterTo,
    kinds: noticeKinds,
    stopped: sendingNotices.stopped,
  });
  const signIn = parts.signIn ?? usualSignIn;
  const sessions = sessionsOver({ db, clock, limits: parts.sessionLimits, access, rules: signIn.rules });
  const elv = elvArea({
    db,
    crypto,
    clock,
    outbox,
    inbox,
    settings,
    signer,
    access,
    files,
    reader,
    looker: parts.looker,
    shrink: parts.shrink,
    farMetres: parts.farMetres ?? usualFarMetres,
    notices,
    nudge,
    organisations: organisationDesk,
    publicQuery: parts.publicQuery ?? usualQueryRules,
    citizens: parts.citizens ?? usualCitizenRules,
    asking: askingOver({ db, clock, wireOf: (id) => wiresNow[id], onCrossing: leaveInterfaceFact }),
    systemRules: parts.systemRules ?? usualSystemRules,
    captchaText: signIn.captchaText,
    people: recipients,
    quietHours,
    exportsPerPerson: parts.exportsPerPerson ?? usualExportsPerPerson,
    exportFilesPerPerson: parts.exportFilesPerPerson ?? usualExportFilesPerPerson,
    exportHand: parts.exportHand,
    demo,
    jobs,
    onFailure,
  });
  const audit = auditDesk({
    db,
    crypto,
    clock,
    signer,
    anchor: parts.sealAnchor ?? noAnchor,
    operations: () => areas.flatMap(({ operations }) => operations),
    notices,
    jobs,
    administrators: () => [...new Set(administratorRoles.flatMap((role) => holdersOf(access.list(), role)))],
    onFailure,
  });
  const telemetry = telemetryOf();
  const governance = governanceArea({
    operating: {
      db,
      clock,
      jobs,
      telemetry,
      circuits: () => relay?.circuits() ?? {},
      connectors: connectors.map(({ id, title }) => ({ id, title })),
      clearFiles: () => clearAbandonedFiles({ db, clock, store: parts.files }),
      checkFiles: () => checkNextFiles({ db, clock, files, onBroken: tellOfFile.onBroken }),
      diskRooms: parts.diskRooms ?? (async () => []),
      onFailure,
      titleOf: (id) => areas.flatMap(({ operations }) => operations).find((one) => one.id === id)?.title ?? id,
    },
    cryptography: {
      db,
      crypto,
      keeper: parts.keeper,
      clock,
      access,
      files,
      store: parts.files,
      tables: sealedTables,
      rules: signIn.rules,
      ...parts.sessionLimits,
      posture: parts.posture ?? noPosture,
      quietMs: parts.posture ? 10_000 : 0,
      onFailure,
    },
    auditLog: {
      db,
      files,
      clock,
      key: sealKeyOf(signer),
      desk: audit,
      titles: () => titlesOf(areas.flatMap(({ operations }) => operations)),
      valueTitles: () => valueTitlesOf((id) => access.titleOf(id)),
    },
    db,
    crypto,
    clock,
    access,
    accessList,
    signer,
    sessions,
    notices,
    jobs,
    permissions: () => permissionsOf(areas),
    conditions,
    personal,
    targets: () => Object.assign({}, ...areas.map(({ accessTargets }) => accessTargets)),
    signIn,
    demoAccounts,
    onFailure,
    periods,
    handOvers: elv.handOver ? [elv.handOver] : [],
    rolesOfKind,
  });
  const areas: readonly Area[] = [governance, elv];
  const handlers = Object.assign({}, ...areas.map(({ answers }) => answers));
  return {
    access,
    accessList,
    crypto,
    sessions,
    settings,
    outbox,
    inbox,
    elv,
    notices,
    areas,
    audit,
    telemetry,
    onCrossing: leaveInterfaceFact,
    reach: (wires) => {
      wiresNow = wires;
    },
    relay: (wires, tuning = {}) => {
      wiresNow = wires;
      relay = startRelay({
        db,
        crypto,
        clock,
        connectors,
        wires: { ...wires, ...elv.systems.wires },
        handlers,
        onCrossing: leaveInterfaceFact,
        onFailure,
        ...tuning,
      });
      return relay;
    },
  };
};
