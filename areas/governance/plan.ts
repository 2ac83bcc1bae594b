import { mailGateway, smsGateway } from '#connectors/message-gateway/exchanges.ts';
import { targetOffer } from '#kernel/area/access-target.ts';
import type { AreaPlan } from '#kernel/area/area.ts';
import { areaMessages, workOffer } from '#kernel/area/hand-over.ts';
import { backupNoteRetention } from '#kernel/backup/backup-note.retention.ts';
import { messageRetentions } from '#kernel/connector/message-retention.store.ts';
import { sessionsOffer } from '#kernel/contract/sessions.offer.ts';
import { importTasks } from '#kernel/retention/import-retentions.store.ts';
import { noticePeriods } from '#practices/notice/model/notice.periods.ts';
import type { NoticeKind } from '#practices/notice/model/notice-kind.ts';
import { deliveryMigration, newsMigration, noticeMigration } from '#practices/notice/server/notice.migration.ts';
import { peopleOffer } from '#practices/notice/server/people.offer.ts';
import { districtCondition } from '#practices/place/model/district-condition.ts';
import { organisationsOffer } from '#practices/registry/server/organisations.ts';
import { accessChangeRoles } from './access-change/model/access-change.roles.ts';
import { accessChangeMigration } from './access-change/server/access-change.migration.ts';
import { accountMigration, rolesMovedMigration } from './account/server/account.migration.ts';
import { accountSealed } from './account/server/account-sealed.ts';
import { credentialNoticeMigration } from './account/server/credential-notice.migration.ts';
import { sessionRetention } from './account/server/session.retention.ts';
import { setAloneMigration } from './account/server/set-alone.migration.ts';
import { signInMigration } from './account/server/sign-in.migration.ts';
import { alertNotices } from './audit-log/model/alert.notices.ts';
import { auditLogRoles } from './audit-log/model/audit-log.roles.ts';
import { auditLogMigration } from './audit-log/server/audit-log.migration.ts';
import { credentialChangeRoles } from './credential-change/model/credential-change.roles.ts';
import { credentialChangeMigration } from './credential-change/server/credential-change.migration.ts';
import { credentialSealed } from './credential-change/server/credential-sealed.ts';
import { cryptographyRoles } from './cryptography/model/cryptography.roles.ts';
import { sendingNotices } from './notice/model/sending.notices.ts';
import { sendingRoles } from './notice/model/sending.roles.ts';
import { operatingRoles } from './operating/model/operating.roles.ts';
import { operatingMigration } from './operating/server/operating.migration.ts';
import { processOffer } from './operating/server/process.offer.ts';
import { governanceOperations } from './operations.ts';
import { handOverNotices } from './person/model/hand-over.notices.ts';
import { personalOfPeople } from './person/model/person.fields.ts';
import { personRoles } from './person/model/person.roles.ts';
import { disabledByMigration, personMigration, validityLimitMigration } from './person/server/person.migration.ts';
import { personSealed } from './person/server/person-sealed.ts';
import { workingTimeRoles } from './working-time/model/working-time.roles.ts';

/** People and sessions (the part of tender R42 that signing in needs); periods and working days (R44). */
export const governancePlan: AreaPlan = {
  id: 'governance',
  title: '统一管理',
  schemas: ['governance'],
  operations: governanceOperations,
  offers: [sessionsOffer, organisationsOffer, peopleOffer, targetOffer, processOffer],
  needs: [targetOffer, workOffer],
  migrations: [
    accountMigration,
    rolesMovedMigration,
    signInMigration,
    accessChangeMigration,
    auditLogMigration,
    personMigration,
    disabledByMigration,
    credentialChangeMigration,
    credentialNoticeMigration,
    validityLimitMigration,
    setAloneMigration,
    operatingMigration,
    noticeMigration,
    deliveryMigration,
    newsMigration,
  ],
  roles: [
    ...accessChangeRoles,
    ...workingTimeRoles,
    ...cryptographyRoles,
    ...auditLogRoles,
    ...personRoles,
    ...credentialChangeRoles,
    ...operatingRoles,
    ...sendingRoles,
  ],
  connectors: [smsGateway, mailGateway, areaMessages],
  resources: {
    'governance.access-change': '角色与授权',
    'governance.audit-log': '日志与告警',
    'governance.credential-change': '登录凭据',
    'governance.cryptography': '密码与自查',
    'governance.operating': '运行状况',
    'governance.organisation': '单位',
    'governance.person': '用户',
    'governance.working-time': '期限与日历',
    'notice.delivery': '消息发送',
  },
  conditions: { 'governance.person': [districtCondition] },
  personal: { 'governance.person:read': personalOfPeople },
  periods: Object.values(noticePeriods),
  // The kernel's own among them: the kernel is no area, and whoever keeps the system looks here.
  retentions: [
    ...messageRetentions,
    backupNoteRetention,
    sessionRetention,
    importTasks({ table: 'governance.person_import', id: 'person-import', title: '人员导入' }),
  ],
  sealed: [...accountSealed, ...personSealed, ...credentialSealed],
};

/** Everything the area tells people of. */
export const governanceNotices: readonly NoticeKind[] = [
  ...Object.values(sendingNotices),
  ...Object.values(alertNotices),
  ...Object.values(handOverNotices),
];
