import { processOffer } from '#areas/governance/operating/server/process.offer.ts';
import { processReport } from '#areas/governance/operating/server/process-report.ts';
import { type AccessListStore, accessListStore } from '#kernel/access/access-list.store.ts';
import { type StoredAccess, storedAccess } from '#kernel/access/stored-access.ts';
import type { Area } from '#kernel/area/area.ts';
import { type Offers, offersOver } from '#kernel/area/offers.ts';
import { type FactDesk, factDesk } from '#kernel/audit/fact-desk.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import { type Inbox, inboxOf } from '#kernel/connector/inbox.store.ts';
import { type Outbox, outboxOf } from '#kernel/connector/outbox.store.ts';
import type { Relay } from '#kernel/connector/relay.ts';
import { type DoorSessions, doorSessions } from '#kernel/contract/door-sessions.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { type Jobs, jobsOf, type Repeating } from '#kernel/jobs/jobs.ts';
import { type PersonalSigner, personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { type RuntimeSettings, runtimeSettings } from '#kernel/settings/setting.store.ts';
import { type Telemetry, telemetryOf } from '#kernel/telemetry/call-times.ts';
import {
  type FollowedOrganisations,
  organisationsOffer,
  organisationsOver,
} from '#practices/registry/server/organisations.ts';
import { type AreaId, areaIds } from './area-ids.ts';
import { fileFacts } from './file-facts.ts';
import { leaveListFact } from './list-facts.ts';
import { connectors, offerPlans, roles } from './plans.ts';
import { nobodyElse, type ProductParts } from './product-parts.ts';

/** What every process stands on, whichever areas run in it. */
export interface Ground {
  readonly parts: ProductParts;
  readonly jobs: Jobs;
  readonly tellOfFile: ReturnType<typeof fileFacts>;
  readonly files: FileStore;
  readonly settings: RuntimeSettings;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  readonly signer: PersonalSigner;
  readonly accessList: AccessListStore;
  readonly access: StoredAccess;
  readonly facts: FactDesk;
  readonly telemetry: Telemetry;
  /** What the areas do for one another. */
  readonly offers: Offers;
  readonly sessions: DoorSessions;
  readonly organisations: FollowedOrganisations;
  /** The areas that run here, filled in as they are put together. */
  readonly areas: Partial<Record<AreaId, Area>>;
  /** The way out, once there is one. */
  readonly out: { relay?: Relay; wires: Readonly<Record<string, Wire>> };
  readonly nudge: () => void;
  /** What a process does about itself: it follows the permissions, shows itself to the others, and puts down what it only counted. */
  readonly aboutItself: Repeating;
}

/** How often refusals that were only counted are put down, in milliseconds. */
const settleEveryMs = 10_000;

/** How often the copy of organisations is renewed where another process keeps them, in milliseconds. */
const renewEveryMs = 5_000;

/** How often a process looks whether permissions have changed, in milliseconds. Source: tender R44 (changes hold within seconds). */
const followEveryMs = 2_000;

const aboutItself = (
  {
    parts,
    jobs,
    telemetry,
    facts,
    offers,
    out,
    access,
    organisations,
  }: Pick<Ground, 'parts' | 'jobs' | 'telemetry' | 'facts' | 'offers' | 'out' | 'access' | 'organisations'>,
  areas: readonly AreaId[],
): Repeating => {
  const report = processReport({
    clock: parts.clock,
    jobs,
    telemetry,
    areas,
    circuits: () => out.relay?.circuits() ?? {},
    calls: offers.of(processOffer),
  });
  const settling = jobs.repeat('refusal-settling', settleEveryMs, () => facts.settle(), 'every-process');
  // Enterprises' systems come in and messages go out without a session, whose door follows the list too.
  const following = jobs.repeat('access-following', followEveryMs, () => access.refresh(), 'every-process');
  const renewing = jobs.repeat('organisation-following', renewEveryMs, () => organisations.follow(), 'every-process');
  return {
    start: () => {
      if (!offers.isHere(organisationsOffer)) renewing.start();
      following.start();
      settling.start();
      report.start();
    },
    stop: async () => {
      await report.stop();
      await settling.stop();
      await following.stop();
      await renewing.stop();
      await facts.settle(true);
    },
  };
};

/** Lays the ground; no area stands on it yet. */
export const groundOf = (parts: ProductParts): Ground => {
  const { db, crypto, clock, onFailure } = parts;
  const { areas: here, callPeer } = parts.arrangement ?? { areas: areaIds, callPeer: nobodyElse };
  const jobs = parts.jobs ?? jobsOf({ clock, onFailure });
  const tellOfFile = fileFacts(db, clock, onFailure);
  const signer = personalSigner(crypto, clock);
  const accessList = accessListStore({ crypto, signer });
  const areas: Ground['areas'] = {};
  const offers = offersOver(
    offerPlans,
    { areas: here, offerings: (area) => areas[area as AreaId]?.offers ?? [] },
    callPeer,
  );
  const out: Ground['out'] = { wires: {} };
  const facts = factDesk(db, clock);
  const telemetry = telemetryOf();
  const organisations = organisationsOver(offers, clock);
  const access = storedAccess({
    db,
    clock,
    store: accessList,
    shipped: roles,
    auditRoles: ['security-auditor'],
    onTurn: (state) => leaveListFact(db, state),
  });
  return {
    parts,
    jobs,
    tellOfFile,
    files: sealedFiles({ db, crypto, clock, store: parts.files, ...tellOfFile }),
    settings: runtimeSettings(db, clock),
    outbox: outboxOf({ connectors, crypto, clock }),
    inbox: inboxOf({ connectors, crypto, clock }),
    signer,
    accessList,
    access,
    facts,
    telemetry,
    offers,
    sessions: doorSessions(offers, clock, access),
    organisations,
    areas,
    out,
    nudge: () => out.relay?.nudge(),
    aboutItself: aboutItself({ parts, jobs, telemetry, facts, offers, out, access, organisations }, here),
  };
};
