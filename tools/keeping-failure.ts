import { SettingsWrong } from '#apps/server/settings.ts';
import { BackupBroken, BackupRefused } from '#kernel/backup/backup-failure.ts';

/** Says why a backup or restore did not go through, in the words of the failure where it has some, and lets the process end with 1. */
export const tellKeepingFailure = (error: unknown, usage: string, otherwise: string): void => {
  const told = error instanceof BackupRefused || error instanceof BackupBroken || error instanceof SettingsWrong;
  const misused = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (told) console.error(error.message);
  else if (misused) console.error(usage);
  else console.error(otherwise, error);
  process.exitCode = 1;
};
