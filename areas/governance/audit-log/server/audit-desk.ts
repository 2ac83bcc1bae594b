import { lastSeal } from '#kernel/audit/seal.store.ts';
import { ownSealKeys, type SealAnchor, type Sealer, sealerOver } from '#kernel/audit/sealer.ts';
import { checkTrail, type TrailReport } from '#kernel/audit/trail-check.ts';
import type { VerifySeal } from '#kernel/audit/walk.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { rememberedVerdicts } from '#kernel/crypto/remembered-verdicts.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Jobs, Repeating } from '#kernel/jobs/jobs.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import { accountContract } from '../../account/model/account.contract.ts';
import { alertMatter, alertNotices } from '../model/alert.notices.ts';
import { keepingSettings } from '../model/audit-settings.ts';
import { type Look, lookBy, type WatchedActions } from './alert-watch.ts';
import { type AuditNumbers, auditNumbers } from './audit-numbers.ts';

/** What keeping the log needs. */
export interface AuditDeskParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly signer: PersonalSigner;
  /** Where the newest seal is noted outside the database; nowhere in tests and trials. */
  readonly anchor: SealAnchor;
  /** Every operation there is. */
  readonly operations: readonly Operation[];
  /** Ids of the people who are administrators now. */
  readonly administrators: () => readonly string[];
  readonly notices: Telling;
  readonly jobs: Jobs;
  readonly onFailure: (error: unknown, about?: object) => void;
}

/** The log being kept: chains sealed, rules watched, the trail checked bit by bit. Source: tender R45. */
export interface AuditDesk {
  readonly sealer: Sealer;
  readonly verify: VerifySeal;
  readonly numbers: AuditNumbers;
  /** Looks by all rules once. */
  readonly look: Look;
  /** Checks the trail from a seal on, so many entries. */
  check(from: number, most: number): Promise<TrailReport>;
  start(): void;
  /** Seals once more. */
  stop(): Promise<void>;
}

const lookEveryMs = 30_000;
/** Entries checked at each look: some ten million in a day, a small part of a processor. */
const checkedAtOnce = 4_000;

/** What rules mean by reads and exports: reading is what is logged as read and what shows masked values plain, exporting is what takes things out of the house. */
const watchedActions = (operations: readonly Operation[]): WatchedActions => {
  const exporting = ({ id }: Operation): boolean =>
    /\.(export\w*|certificatePdf|archiveFile|signedTrail|importPasswords)$/.test(id);
  // What anybody may ask without an account shows nothing of anybody, and nobody is one person.
  const isReading = ({ id, audit, permission }: Operation): boolean =>
    permission !== 'public' && (audit === 'read' || audit === 'partly' || id.endsWith('.reveal'));
  return {
    // A wrong password and a wrong second factor are told apart in the log; both are failed sign-ins.
    'sign-ins': [accountContract.signIn.id, 'governance.account.secondFactor'],
    reads: operations.filter((one) => isReading(one) && !exporting(one)).map(({ id }) => id),
    exports: operations.filter(exporting).map(({ id }) => id),
  };
};

/** Goes on through the trail at each call, and begins anew after its end. */
const rolling = ({ db, anchor }: AuditDeskParts, verify: VerifySeal): (() => Promise<TrailReport>) => {
  let from = 1;
  return async () => {
    const anchored = (await anchor.read())?.number ?? 0;
    const report = await checkTrail(db, verify, { from, most: checkedAtOnce, anchored });
    from = report.next ?? 1;
    return report;
  };
};

interface Watching extends Repeating {
  readonly look: Look;
}

/** Looks by all rules, by itself every half minute once started. */
const watching = (parts: AuditDeskParts, { verify, numbers }: Pick<AuditDesk, 'verify' | 'numbers'>): Watching => {
  const { db, clock, onFailure } = parts;
  let made: Look | undefined;
  const look: Look = () => {
    made ??= lookBy(
      {
        db,
        clock,
        numbers,
        actions: watchedActions(parts.operations),
        administrators: parts.administrators,
        tell: (tx, { id, rule, at }) =>
          parts.notices.raise(tx, {
            kind: alertNotices.raised,
            values: { rule },
            matter: { type: alertMatter, id, row: { id } },
            occasion: 'raised',
            organisationId: null,
            at,
          }),
        check: rolling(parts, verify),
      },
      onFailure,
    );
    return made();
  };
  const job = parts.jobs.repeat('audit-watch', lookEveryMs, look);
  return { look, ...job };
};

/** The desk; nothing runs before it is started. */
export const auditDesk = (parts: AuditDeskParts): AuditDesk => {
  const { db, crypto, clock, signer, anchor, jobs } = parts;
  const numbers = auditNumbers(db, clock);
  const verify = ownSealKeys(db, signer, rememberedVerdicts(crypto));
  const pace = async () => ({
    heads: await numbers(keepingSettings.sealHeads),
    seconds: await numbers(keepingSettings.sealSeconds),
  });
  const sealer = sealerOver({ db, clock, signer, pace, anchor });
  const sealing = jobs.repeat('audit-sealing', 1_000, sealer.sealDue);
  const watch = watching(parts, { verify, numbers });
  return {
    sealer,
    verify,
    numbers,
    look: watch.look,
    check: async (from, most) => {
      const anchored = (await anchor.read())?.number ?? 0;
      return checkTrail(db, verify, { from: Math.min(from, (await lastSeal(db)).number + 1), most, anchored });
    },
    start: () => {
      sealing.start();
      watch.start();
    },
    stop: async () => {
      await watch.stop();
      await sealing.stop();
      if (jobs.commonWork) await sealer.sealNow();
    },
  };
};
