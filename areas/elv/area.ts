import type { Access } from '#kernel/access/access.ts';
import { targetsOffered } from '#kernel/area/access-target.ts';
import type { Area } from '#kernel/area/area.ts';
import { answersOfKinds } from '#kernel/connector/answers-of-kinds.ts';
import type { Asking } from '#kernel/connector/asking.ts';
import type { Inbox } from '#kernel/connector/inbox.store.ts';
import { mountContract } from '#kernel/contract/mount.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { mountSigned } from '#kernel/contract/signed-door.ts';
import { rememberedVerdicts } from '#kernel/crypto/remembered-verdicts.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { beginningHere, type Jobs } from '#kernel/jobs/jobs.ts';
import { captchasOver } from '#practices/captcha/server/captcha.ts';
import { ticketsOver } from '#practices/captcha/server/tickets.ts';
import { type CaseStatistics, caseStatistics } from '#practices/case-statistics/server/statistics.ts';
import type { PaperReader } from '#practices/paper-reading/model/paper-reading.ts';
import type { PictureLooker } from '#practices/photo-evidence/model/picture-seen.ts';
import type { Shrink } from '#practices/picture/server/shrinker.ts';
import { thumbnailsOf } from '#practices/picture/server/thumbnails.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import { answersByRegistry } from '#practices/registry/server/register-answers.ts';
import { type Registry, registryOf } from '#practices/registry/server/registry.ts';
import { caseExportContract } from './case-export/model/case-export.contract.ts';
import { exportHandlers } from './case-export/server/export.handlers.ts';
import type { ExportDesk } from './case-export/server/export-desk.ts';
import type { ExportHand } from './case-export/server/export-hand.ts';
import { type Exporter, exporterOver } from './case-export/server/exporter.ts';
import { caseImportContract } from './case-import/model/case-import.contract.ts';
import { importHandlers } from './case-import/server/import.handlers.ts';
import { type Opener, openerOver } from './case-import/server/opener.ts';
import { citizenApplication } from './citizen-application/model/citizen-application.lifecycle.ts';
import type { CitizenRules } from './citizen-application/model/real-name.ts';
import { type CitizenApplications, citizenApplicationsOf } from './citizen-application/server/citizen-applications.ts';
import type { CitizenParts } from './citizen-application/server/citizen-parts.ts';
import { citizensWaiting } from './citizen-application/server/write-back.ts';
import { dismantlerRegistry } from './dismantler/model/dismantler.profile.ts';
import { legalPersons } from './dismantler/server/company-register.ts';
import { yardOver } from './dismantler/server/yard-position.ts';
import { enterpriseSystem } from './enterprise-system/model/enterprise-system.lifecycle.ts';
import type { SystemRules } from './enterprise-system/model/system-rules.ts';
import { type EnterpriseSystems, enterpriseSystemsOf } from './enterprise-system/server/enterprise-systems.ts';
import { tellSystems } from './enterprise-system/server/webhooks.ts';
import { type CaseEvidenceParts, evidenceOfCasesOver } from './photo-evidence/server/evidence-of-cases.ts';
import { elvPlan } from './plan.ts';
import { conduct } from './practitioner/model/conduct.lifecycle.ts';
import { type Practitioners, practitionersOf } from './practitioner/server/practitioners.ts';
import { progressContract } from './progress/model/progress.contract.ts';
import { type PublicQueryRules, publicQueryContract } from './progress/model/public-query.contract.ts';
import { progressHandlers } from './progress/server/progress.handlers.ts';
import { publicQueryHandlers, publicQueryTicket } from './progress/server/public-query.ts';
import { qualificationContract } from './qualification/model/qualification.contract.ts';
import { qualificationRegistry } from './qualification/model/qualification.profile.ts';
import { acceptingAmong, obstacleToAccepting } from './qualification/server/acceptance.ts';
import { enterpriseEventsOf } from './qualification/server/enterprise-events.ts';
import { qualificationHands } from './qualification/server/hands.ts';
import { paperHandlers } from './qualification/server/papers.handlers.ts';
import { intakeContract } from './vehicle-case/model/intake.contract.ts';
import { signedTrailContract } from './vehicle-case/model/signed-trail.contract.ts';
import { vehicleCaseContract } from './vehicle-case/model/vehicle-case.contract.ts';
import { vehicleCase } from './vehicle-case/model/vehicle-case.lifecycle.ts';
import { vehicleCaseStatistics } from './vehicle-case/model/vehicle-case.statistics.ts';
import { stepContract } from './vehicle-case/model/vehicle-case.steps.ts';
import { yardTaskContract } from './vehicle-case/model/yard-task.contract.ts';
import { appliedCases } from './vehicle-case/server/applied-cases.ts';
import { caseHandlers } from './vehicle-case/server/case.handlers.ts';
import type { CaseDesk } from './vehicle-case/server/case-desk.ts';
import { caseMemory } from './vehicle-case/server/case-memory.ts';
import { findTrail } from './vehicle-case/server/case-trail.store.ts';
import { countedCases } from './vehicle-case/server/counted-cases.store.ts';
import { type ExportLine, exportedCases } from './vehicle-case/server/exported-cases.ts';
import { type FlowParts, vehicleCaseEngine } from './vehicle-case/server/flow.ts';
import { caseWorkOffered } from './vehicle-case/server/hand-over.ts';
import { intakeHandlers } from './vehicle-case/server/intake.handlers.ts';
import { countOverdue, oldestSince } from './vehicle-case/server/live-cases.store.ts';
import { openingMany } from './vehicle-case/server/opening-many.ts';
import { outsideAnswers } from './vehicle-case/server/outside-answers.ts';
import { photoHandlers } from './vehicle-case/server/photo.handlers.ts';
import { readingRoom } from './vehicle-case/server/reading-room.ts';
import { signedTrailHandlers } from './vehicle-case/server/signed-trail.handlers.ts';
import { stepHandlers } from './vehicle-case/server/step.handlers.ts';
import { supervisedDecision } from './vehicle-case/server/supervised-decision.ts';
import { findAccessTarget } from './vehicle-case/server/vehicle-case.store.ts';
import { caseWeighing } from './vehicle-case/server/weighing.ts';
import { caseWithdrawing } from './vehicle-case/server/withdrawing.ts';
import { yardTaskHandlers } from './vehicle-case/server/yard-task.handlers.ts';
import { withdrawal } from './withdrawal/model/withdrawal.lifecycle.ts';
import { type Withdrawals, withdrawalsOf } from './withdrawal/server/withdrawals.ts';

/** How often it is looked whether something lapses: a day has its warning soon after it begins. */
const lapseEveryMs = 3 * 3_600_000;

/** How often it is looked whether a year has ended: its archives are written in its first hour. */
const archivesEveryMs = 3_600_000;

/** What the area works with. */
export interface ElvParts
  extends Omit<FlowParts, 'statistics' | 'obstacleToAccepting' | 'waiting' | 'followMoves'>,
    Pick<ExportDesk<unknown>, 'people' | 'exportsPerPerson' | 'exportFilesPerPerson'> {
  readonly access: Access & { refresh(): Promise<void> };
  readonly inbox: Inbox;
  readonly files: FileStore;
  readonly reader: PaperReader;
  readonly looker: PictureLooker;
  readonly shrink: Shrink;
  /** Photographs taken further off than this from the yard are marked. Metres. */
  readonly farMetres: number;
  readonly nudge: () => void;
  /** Where it is said what organisations are called. */
  readonly organisations: Organisations;
  readonly publicQuery: PublicQueryRules;
  /** How citizens come in, and how the one-stop service is asked while they wait. */
  readonly citizens: CitizenRules;
  readonly asking: Asking;
  readonly systemRules: SystemRules;
  /** The lot of captchas, to be fixed by tests. */
  readonly captchaText?: (() => string) | undefined;
  readonly exportHand?: ((desk: ExportDesk<ExportLine>) => ExportHand) | undefined;
  readonly quietHours: CitizenParts['quietHours'];
  readonly demo: boolean;
  readonly jobs: Jobs;
  readonly onFailure: (error: unknown, about?: object) => void;
}

/** The area and its working parts, which demo data and tests drive directly. */
export interface ElvArea extends Area {
  readonly desk: CaseDesk;
  readonly dismantlers: Registry;
  readonly qualifications: Registry;
  readonly statistics: CaseStatistics;
  readonly withdrawals: Withdrawals;
  readonly caseImports: Opener;
  readonly caseExports: Exporter;
  readonly exportDesk: ExportDesk<ExportLine>;
  readonly citizenApplications: CitizenApplications;
  readonly evidence: CaseEvidenceParts;
  readonly systems: EnterpriseSystems;
  readonly practitioners: Practitioners;
}

/** Puts the area together. */
export const elvArea = (parts: ElvParts): ElvArea => {
  const statistics = caseStatistics({ ...parts, profile: vehicleCaseStatistics, schema: 'elv', cases: countedCases });
  const flow = {
    ...parts,
    statistics,
    obstacleToAccepting,
    waiting: citizensWaiting(parts),
    followMoves: tellSystems(parts),
  };
  const engine = vehicleCaseEngine(flow);
  const readings = readingRoom(parts);
  const verifySignature = rememberedVerdicts(parts.crypto);
  const cases = caseMemory({ ...parts, verifySignature });
  const dismantlers = registryOf({ ...parts, profile: dismantlerRegistry, register: legalPersons });
  const evidence = evidenceOfCasesOver({ ...parts, cases: caseWeighing(parts), yardOf: yardOver(dismantlers) });
  const thumbnails = thumbnailsOf(parts.files, parts.shrink);
  const desk: CaseDesk = { ...flow, engine, readings, cases, evidence, thumbnails };
  const steps: Contract = stepContract;
  const publicQuery = {
    ...parts,
    rules: parts.publicQuery,
    captchas: captchasOver(ticketsOver(parts.crypto, 'elv'), publicQueryTicket, parts.captchaText),
    trails: { find: findTrail },
  };
  const progress = { ...parts, statistics, live: { overdue: countOverdue, oldest: oldestSince } };
  const withdrawals = withdrawalsOf({ ...parts, cases: caseWithdrawing(flow, engine) });
  const qualifications = registryOf({
    ...parts,
    profile: qualificationRegistry,
    register: legalPersons,
    hands: qualificationHands(parts),
  });
  const events = enterpriseEventsOf(qualifications.desk);
  const imports = { ...parts, cases: openingMany(flow) };
  const opener = beginningHere(parts.jobs, openerOver(imports));
  const exports = { ...parts, cases: exportedCases(desk) };
  const exporter = beginningHere(parts.jobs, exporterOver(exports, parts.exportHand?.(exports)));
  const citizens = citizenApplicationsOf({
    ...parts,
    rules: parts.citizens,
    tickets: ticketsOver(parts.crypto, 'elv'),
    cases: appliedCases(flow, readings),
    enterprises: { obstacle: obstacleToAccepting, among: acceptingAmong },
  });
  const systems = enterpriseSystemsOf({
    ...parts,
    rules: parts.systemRules,
    takeNonce: (db, appId, nonce) => parts.inbox.takeNonce(db, appId, nonce),
  });
  const practitioners = practitionersOf(parts);
  const practitionerArchives = parts.jobs.repeat('practitioner-archives', archivesEveryMs, (stopping) =>
    practitioners.writeArchives(stopping),
  );
  const eventWatch = parts.jobs.repeat('event-watch', 3_600_000, () => events.askDaily(parts.onFailure));
  const exporting = parts.jobs.repeat('case-export', 5_000, exporter.round);
  const importing = parts.jobs.repeat('case-import', 5_000, opener.round);
  const weighing = parts.jobs.repeat('photo-evidence', 5_000, evidence.round);
  // Whoever took a paper in reads it: its process has the reader at hand, and somebody waits.
  const paperReading = parts.jobs.repeat('paper-reading', 10_000, readings.round, 'every-process');
  const lapses = parts.jobs.repeat('registry-lapses', lapseEveryMs, async () => {
    await dismantlers.warnOfLapses();
    await qualifications.warnOfLapses();
    await practitioners.warnOfLapses();
  });
  const ownJobs = [importing, exporting, eventWatch, lapses, practitionerArchives, citizens, weighing, paperReading];
  const answers = answersByRegistry({
    [dismantlerRegistry.id]: dismantlers.answers,
    [qualificationRegistry.id]: qualifications.answers,
  });
  return {
    plan: elvPlan,
    desk,
    dismantlers,
    statistics,
    withdrawals,
    qualifications,
    caseImports: opener,
    caseExports: exporter,
    exportDesk: exports,
    citizenApplications: citizens,
    evidence,
    systems,
    practitioners,
    mount: (server, mount) => {
      mountContract(server, vehicleCaseContract, { ...caseHandlers(desk), ...photoHandlers(desk) }, mount);
      mountContract(server, yardTaskContract, yardTaskHandlers(desk), mount);
      mountContract(server, signedTrailContract, signedTrailHandlers(desk), mount);
      mountContract(server, caseExportContract, exportHandlers(exports, exporter), mount);
      mountContract(server, caseImportContract, importHandlers(imports, opener), mount);
      mountContract(server, steps, stepHandlers(desk, steps), mount);
      mountContract(server, publicQueryContract, publicQueryHandlers(publicQuery), mount);
      mountContract(server, progressContract, progressHandlers(progress), mount);
      evidence.mount(server, mount);
      dismantlers.mount(server, mount);
      withdrawals.mount(server, mount);
      qualifications.mount(server, mount);
      citizens.mount(server, mount);
      practitioners.mount(server, mount);
      events.mount(server, mount);
      mountSigned(server, intakeContract, intakeHandlers(desk, systems.stillInForce), mount, systems.door);
      systems.mount(server, mount);
      mountContract(server, qualificationContract, paperHandlers(qualifications.desk, parts.demo), mount);
    },
    offers: [
      targetsOffered({
        [vehicleCase.id]: { find: (known) => findAccessTarget(parts.db, known) },
        'elv.photo-evidence': { find: (known) => findAccessTarget(parts.db, known) },
        [dismantlerRegistry.id]: dismantlers.accessTarget,
        [withdrawal.id]: withdrawals.accessTarget,
        [enterpriseSystem.id]: systems.accessTarget,
        [qualificationRegistry.id]: qualifications.accessTarget,
        [citizenApplication.id]: citizens.accessTarget,
        'elv.practitioner': practitioners.accessTarget,
        [conduct.id]: practitioners.conductTarget,
      }),
      caseWorkOffered(parts),
    ],
    answers: {
      ...answersOfKinds({ [vehicleCase.id]: outsideAnswers(flow, engine), [withdrawal.id]: withdrawals.answers }),
      [legalPersons.exchange]: answers,
      ...events.answers,
      ...citizens.answers,
      ...systems.answers,
    },
    inbound: { 'police.supervised-decision': supervisedDecision(engine) },
    wires: systems.wires,
    start: async () => {
      for (const job of [statistics, ...ownJobs]) job.start();
      if (parts.jobs.commonWork) await practitioners.sealConducts();
    },
    stop: async () => {
      await Promise.all([...ownJobs.map((job) => job.stop()), exporter.stop()]);
      await opener.idle();
      await statistics.stop();
      await readings.idle();
    },
  };
};
