import type { ElvParts } from '#areas/elv/area.ts';
import type { CitizenRules } from '#areas/elv/citizen-application/model/real-name.ts';
import type { SystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import type { PublicQueryRules } from '#areas/elv/progress/model/public-query.contract.ts';
import type { DemoAccount, SignInSetup } from '#areas/governance/account/server/account.parts.ts';
import type { SessionLimits } from '#areas/governance/account/server/sessions.ts';
import type { Posture } from '#areas/governance/cryptography/server/cryptography.parts.ts';
import type { OperatingParts } from '#areas/governance/operating/server/operating.parts.ts';
import type { CallPeer } from '#kernel/area/offers.ts';
import type { SealAnchor } from '#kernel/audit/sealer.ts';
import type { Crypto, KeyKeeper } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Jobs } from '#kernel/jobs/jobs.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { QuietHours } from '#practices/notice/model/quiet-hours.ts';
import type { PaperReader } from '#practices/paper-reading/model/paper-reading.ts';
import type { PictureLooker } from '#practices/photo-evidence/model/picture-seen.ts';
import type { Shrink } from '#practices/picture/server/shrinker.ts';
import type { AreaId } from './area-ids.ts';

/** What the product is put together from. Tests and demo data give their own clock, wires and reader. */
export interface ProductParts extends Partial<Pick<OperatingParts, 'diskRooms' | 'backupLateHours'>> {
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
  /** Which areas run in this process, and how those of others are called; all of them here unless given. */
  readonly arrangement?: Arrangement;
  readonly onFailure: (error: unknown, about?: object) => void;
}

/** Which areas run in a process, and the way to those that do not. */
export interface Arrangement {
  readonly areas: readonly AreaId[];
  readonly callPeer: CallPeer;
}

/** For a process in which all areas run. Errors: always throws. */
export const nobodyElse: CallPeer = (area) => {
  throw new Error(`${area} does not run here, and no process was named where it does`);
};
