import type { Access } from '#kernel/access/access.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { StepVerifier } from '#kernel/lifecycle/verified-steps.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import type { ConductRecord } from '../model/conduct.lifecycle.ts';
import { practitionerPeriods } from '../model/practitioner.periods.ts';
import type { FoundConduct } from './conduct.store.ts';

/** What people at work are put together from. */
export interface PractitionerParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly settings: RuntimeSettings;
  readonly signer: PersonalSigner;
  readonly access: Access;
  readonly files: FileStore;
  readonly organisations: Organisations;
  readonly notices: Telling;
}

/** Everything the handlers of people at work work with. */
export interface PractitionerDesk extends PractitionerParts, StepVerifier {
  readonly engine: Engine<ConductRecord, FoundConduct>;
}

/** The days that certificates and conduct are judged by, `yyyy-MM-dd`. */
export interface Days {
  readonly today: string;
  /** Certificates that lapse by this day are warned of. */
  readonly warnUntil: string;
  /** Conduct of an earlier day is used no more. */
  readonly usedSince: string;
}

const dayMs = 86_400_000;

/** The days as the settings have them now. */
export const daysOf = async ({ settings }: Pick<PractitionerParts, 'settings'>, now: Date, tx?: Tx): Promise<Days> => {
  const today = shanghaiDay(now);
  const warnUntil = shanghaiDay(await settings.deadline(practitionerPeriods.warning, now, tx));
  const used = shanghaiDay(await settings.deadline(practitionerPeriods.conductUse, now, tx));
  const usedDays = (Date.parse(used) - Date.parse(today)) / dayMs;
  return { today, warnUntil, usedSince: plusDays(today, -usedDays) };
};
