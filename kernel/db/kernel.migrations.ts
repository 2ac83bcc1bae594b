import { accessListMigration } from '#kernel/access/access-list.migration.ts';
import { auditMigration } from '#kernel/audit/audit.migration.ts';
import { auditSealMigration } from '#kernel/audit/audit-seal.migration.ts';
import { backupNoteMigration } from '#kernel/backup/backup-note.migration.ts';
import { inboxMigration } from '#kernel/connector/inbox.migration.ts';
import { outboxMigration, outboxRecipientMigration } from '#kernel/connector/outbox.migration.ts';
import { keyMigration, masterKeyChangeMigration, rotationTurnMigration } from '#kernel/crypto/key.migration.ts';
import { awaitedFileMigration } from '#kernel/files/awaited-file.migration.ts';
import { fileMigration } from '#kernel/files/file.migration.ts';
import { fileCheckMigration } from '#kernel/files/file-check.migration.ts';
import { fileKeyMigration } from '#kernel/files/file-key.migration.ts';
import { signingCertificateMigration } from '#kernel/lifecycle/signing-certificate.migration.ts';
import { stepMigration } from '#kernel/lifecycle/step.migration.ts';
import { paceMigration } from '#kernel/pace/pace.migration.ts';
import { erasingMigration } from '#kernel/retention/erasing.migration.ts';
import { settingMigration } from '#kernel/settings/setting.migration.ts';
import type { Migration } from './migrate.ts';
import { trialMigration } from './trial.migration.ts';

/** The kernel's own tables, in the order they are made. */
export const kernelMigrations: readonly Migration[] = [
  auditMigration,
  stepMigration,
  fileMigration,
  settingMigration,
  outboxMigration,
  inboxMigration,
  auditSealMigration,
  accessListMigration,
  keyMigration,
  fileKeyMigration,
  rotationTurnMigration,
  fileCheckMigration,
  masterKeyChangeMigration,
  signingCertificateMigration,
  outboxRecipientMigration,
  awaitedFileMigration,
  trialMigration,
  paceMigration,
  backupNoteMigration,
  erasingMigration,
];
