import { dataLake } from '#connectors/data-lake/exchanges.ts';
import { enforcement } from '#connectors/enforcement/exchanges.ts';
import { enterpriseSystems } from '#connectors/enterprise-system/exchanges.ts';
import { hotline } from '#connectors/hotline/exchanges.ts';
import { oneStop } from '#connectors/one-stop/exchanges.ts';
import { targetOffer } from '#kernel/area/access-target.ts';
import type { AreaPlan } from '#kernel/area/area.ts';
import { workOffer } from '#kernel/area/hand-over.ts';
import { sessionsOffer } from '#kernel/contract/sessions.offer.ts';
import { stateCondition } from '#kernel/lifecycle/state-condition.ts';
import { spentTicketMigration } from '#practices/captcha/server/spent-ticket.store.ts';
import { statisticsMigration } from '#practices/case-statistics/server/statistics.migration.ts';
import type { NoticeKind } from '#practices/notice/model/notice-kind.ts';
import { peopleOffer } from '#practices/notice/server/people.offer.ts';
import { districtCondition } from '#practices/place/model/district-condition.ts';
import { kindsOf } from '#practices/registry/model/registry.notices.ts';
import { registryConditions } from '#practices/registry/model/registry-conditions.ts';
import { registryPersonal } from '#practices/registry/model/registry-personal.ts';
import { organisationsOffer } from '#practices/registry/server/organisations.ts';
import { registryMigration } from '#practices/registry/server/registry.migration.ts';
import { registrySealed } from '#practices/registry/server/sealed-tables.ts';
import { caseExportNotices } from './case-export/model/case-export.notices.ts';
import { caseExportPeriods } from './case-export/model/case-export.periods.ts';
import { caseExportMigration } from './case-export/server/case-export.migration.ts';
import { caseExportSealed } from './case-export/server/case-export.store.ts';
import { caseImportMigration } from './case-import/server/case-import.migration.ts';
import { caseImportSealed } from './case-import/server/case-import.store.ts';
import { citizenApplication } from './citizen-application/model/citizen-application.lifecycle.ts';
import { citizenApplicationNotices } from './citizen-application/model/citizen-application.notices.ts';
import { citizenApplicationPeriods } from './citizen-application/model/citizen-application.periods.ts';
import { citizenApplicationRoles } from './citizen-application/model/citizen-application.roles.ts';
import { applicationSealed } from './citizen-application/server/application.store.ts';
import { citizenSealed } from './citizen-application/server/citizen.store.ts';
import {
  citizenApplicationMigration,
  citizenListMigration,
  citizenReadingMigration,
  followedCaseMigration,
} from './citizen-application/server/citizen-application.migration.ts';
import { citizenPhotoSealed } from './citizen-application/server/citizen-photo.store.ts';
import { dismantlerRegistry } from './dismantler/model/dismantler.profile.ts';
import { dismantlerRoles } from './dismantler/model/dismantler.roles.ts';
import { elvRetentions } from './elv.retentions.ts';
import { enterpriseSystem } from './enterprise-system/model/enterprise-system.lifecycle.ts';
import { enterpriseSystemRoles } from './enterprise-system/model/enterprise-system.roles.ts';
import { enterpriseSystemMigration } from './enterprise-system/server/enterprise-system.migration.ts';
import { elvOperations } from './operations.ts';
import { photoEvidenceNotices } from './photo-evidence/model/photo-evidence.notices.ts';
import { photoPeriods } from './photo-evidence/model/photo-evidence.periods.ts';
import { photoEvidenceRoles } from './photo-evidence/model/photo-evidence.roles.ts';
import {
  caseEvidenceMigration,
  caseLookLossMigration,
  caseTurnedMigration,
  heldCasePhotoMigration,
} from './photo-evidence/server/photo-evidence.migration.ts';
import { conduct } from './practitioner/model/conduct.lifecycle.ts';
import { practitionerPersonal } from './practitioner/model/practitioner.fields.ts';
import { practitionerNotices } from './practitioner/model/practitioner.notices.ts';
import { practitionerPeriods } from './practitioner/model/practitioner.periods.ts';
import { practitionerRoles } from './practitioner/model/practitioner.roles.ts';
import { practitionerMigration } from './practitioner/server/practitioner.migration.ts';
import { practitionerSealed } from './practitioner/server/practitioner-seal.ts';
import { progressRoles } from './progress/model/progress.roles.ts';
import { publicQueryMigration } from './progress/server/progress.migration.ts';
import { qualificationPeriods } from './qualification/model/qualification.periods.ts';
import { qualificationRegistry } from './qualification/model/qualification.profile.ts';
import { qualificationRoles } from './qualification/model/qualification.roles.ts';
import {
  complaintMigration,
  enforcementMigration,
  penaltyMigration,
  qualificationMigration,
} from './qualification/server/qualification.migration.ts';
import { caseFields, casePersonal } from './vehicle-case/model/case-personal.ts';
import { vehicleCase } from './vehicle-case/model/vehicle-case.lifecycle.ts';
import { caseNotices } from './vehicle-case/model/vehicle-case.notices.ts';
import { elvPeriods } from './vehicle-case/model/vehicle-case.periods.ts';
import { vehicleCaseRoles } from './vehicle-case/model/vehicle-case.roles.ts';
import { caseConnectors } from './vehicle-case/server/check-view.ts';
import { elvSealed } from './vehicle-case/server/sealed-tables.ts';
import {
  assertedIdentityMigration,
  caseDistrictMigration,
  caseMarksMigration,
  caseOrderMigration,
  caseReferenceMigration,
  changeNumberMigration,
  frozenAnywhereMigration,
  heldCaseMigration,
  paperReadingMigration,
  unheededAnswerMigration,
  vehicleCaseMigration,
} from './vehicle-case/server/vehicle-case.migration.ts';
import { withdrawal } from './withdrawal/model/withdrawal.lifecycle.ts';
import { withdrawalNotices } from './withdrawal/model/withdrawal.notices.ts';
import { withdrawalPeriods } from './withdrawal/model/withdrawal.periods.ts';
import { withdrawalRoles } from './withdrawal/model/withdrawal.roles.ts';
import { withdrawalMigration } from './withdrawal/server/withdrawal.migration.ts';

/** End-of-life vehicles: tender R01–R09, R14, R62, R10–R13 (the qualification of dismantlers), R49.1 (their registry), R57, R60. */
export const elvPlan: AreaPlan = {
  id: 'elv',
  title: '报废机动车',
  schemas: ['elv', qualificationRegistry.schema],
  operations: elvOperations,
  offers: [targetOffer, workOffer],
  needs: [sessionsOffer, organisationsOffer, peopleOffer],
  migrations: [
    vehicleCaseMigration,
    caseDistrictMigration,
    registryMigration('elv/0003-registry', 'elv'),
    statisticsMigration('elv/0007-statistics', 'elv'),
    caseOrderMigration,
    spentTicketMigration('elv/0009-spent-ticket', 'elv'),
    publicQueryMigration,
    withdrawalMigration,
    unheededAnswerMigration,
    heldCaseMigration,
    frozenAnywhereMigration,
    qualificationMigration,
    registryMigration('elv_qualification/0002-registry', qualificationRegistry.schema),
    caseImportMigration,
    penaltyMigration,
    citizenApplicationMigration,
    caseEvidenceMigration,
    caseReferenceMigration,
    enterpriseSystemMigration,
    practitionerMigration,
    citizenReadingMigration,
    caseLookLossMigration,
    caseExportMigration,
    complaintMigration,
    caseMarksMigration,
    followedCaseMigration,
    assertedIdentityMigration,
    paperReadingMigration,
    heldCasePhotoMigration,
    enforcementMigration,
    changeNumberMigration,
    citizenListMigration,
    caseTurnedMigration,
  ],
  roles: [
    ...vehicleCaseRoles,
    ...dismantlerRoles,
    ...qualificationRoles,
    ...progressRoles,
    ...withdrawalRoles,
    ...citizenApplicationRoles,
    ...photoEvidenceRoles,
    ...enterpriseSystemRoles,
    ...practitionerRoles,
  ],
  connectors: [...caseConnectors, dataLake, hotline, enforcement, oneStop, enterpriseSystems],
  resources: {
    [vehicleCase.id]: '报废机动车案卷',
    'elv.progress': '办理进度',
    'elv.photo-evidence': '照片核查',
    [dismantlerRegistry.id]: dismantlerRegistry.title,
    [withdrawal.id]: withdrawal.title,
    [qualificationRegistry.id]: qualificationRegistry.title,
    [citizenApplication.id]: citizenApplication.title,
    [enterpriseSystem.id]: enterpriseSystem.title,
    'elv.practitioner': '从业人员',
    [conduct.id]: conduct.title,
  },
  conditions: {
    [vehicleCase.id]: [stateCondition(vehicleCase.states), districtCondition],
    'elv.progress': [districtCondition],
    'elv.photo-evidence': [stateCondition(vehicleCase.states), districtCondition],
    [dismantlerRegistry.id]: registryConditions(dismantlerRegistry),
    [withdrawal.id]: [stateCondition(withdrawal.states), districtCondition],
    [qualificationRegistry.id]: registryConditions(qualificationRegistry),
    [citizenApplication.id]: [stateCondition(citizenApplication.states), districtCondition],
    [enterpriseSystem.id]: [stateCondition(enterpriseSystem.states)],
    'elv.practitioner': [districtCondition],
    [conduct.id]: [stateCondition(conduct.states), districtCondition],
  },
  personal: {
    [`${vehicleCase.id}:read`]: casePersonal,
    [`${vehicleCase.id}:export`]: caseFields,
    [`${dismantlerRegistry.id}:read`]: registryPersonal(dismantlerRegistry),
    [`${qualificationRegistry.id}:read`]: registryPersonal(qualificationRegistry),
    'elv.practitioner:read': practitionerPersonal,
    'elv.practitioner:export': practitionerPersonal,
  },
  periods: [
    ...Object.values(elvPeriods),
    ...Object.values(caseExportPeriods),
    ...Object.values(dismantlerRegistry.periods),
    ...Object.values(withdrawalPeriods),
    ...Object.values(qualificationPeriods),
    ...Object.values(citizenApplicationPeriods),
    ...Object.values(photoPeriods),
    ...Object.values(practitionerPeriods),
  ],
  retentions: elvRetentions,
  rolesOfKind: { dismantler: ['elv-clerk', 'elv-yard-reviewer'] },
  sealed: [
    ...elvSealed,
    ...caseImportSealed,
    ...caseExportSealed,
    citizenSealed,
    citizenPhotoSealed,
    applicationSealed,
    ...practitionerSealed,
    ...registrySealed(dismantlerRegistry),
    ...registrySealed(qualificationRegistry),
  ],
};

/** Everything the area tells people of. */
export const elvNotices: readonly NoticeKind[] = [
  ...Object.values(caseNotices),
  ...Object.values(caseExportNotices),
  ...Object.values(withdrawalNotices),
  ...Object.values(photoEvidenceNotices),
  ...kindsOf(dismantlerRegistry.flow().notices),
  ...kindsOf(qualificationRegistry.flow().notices),
  ...Object.values(citizenApplicationNotices),
  ...Object.values(practitionerNotices),
];
