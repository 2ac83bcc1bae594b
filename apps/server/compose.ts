import type { ElvArea } from '#areas/elv/area.ts';
import type { AuditDesk } from '#areas/governance/audit-log/server/audit-desk.ts';
import type { Area } from '#kernel/area/area.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import type { OnCrossing } from '#kernel/connector/crossing.ts';
import { type Relay, type RelayParts, startRelay } from '#kernel/connector/relay.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Notices } from '#practices/notice/server/notices.ts';
import { areaIds } from './area-ids.ts';
import { composeElv } from './compose-elv.ts';
import { composeGovernance } from './compose-governance.ts';
import { type Ground, groundOf } from './ground.ts';
import { leaveInterfaceFact } from './interface-facts.ts';
import { connectorsOf } from './plans.ts';
import type { ProductParts } from './product-parts.ts';

/** The areas that run in a process, put together, neither listening nor relaying yet. */
export interface AreasHere
  extends Omit<
    Ground,
    'parts' | 'areas' | 'out' | 'tellOfFile' | 'files' | 'signer' | 'nudge' | 'jobs' | 'offers' | 'organisations'
  > {
  readonly crypto: Crypto;
  readonly areas: readonly Area[];
  /** Null where the area does not run here. */
  readonly elv: ElvArea | null;
  readonly notices: Notices | null;
  /** Keeps the log: seals, watches. */
  readonly audit: AuditDesk | null;
  readonly onCrossing: OnCrossing;
  /** Gives the wires by which outside systems are asked while somebody waits. */
  reach(wires: Readonly<Record<string, Wire>>): void;
  /** Starts carrying the messages of these areas' systems over these wires; also told of every put message from then on. */
  relay(
    wires: Readonly<Record<string, Wire>>,
    tuning?: Pick<RelayParts, 'retry' | 'pauses' | 'concurrency' | 'tracing'>,
  ): Relay;
}

/** The whole product put together in one process. */
export interface Product extends AreasHere {
  readonly elv: ElvArea;
  readonly notices: Notices;
  readonly audit: AuditDesk;
}

/** The one place where dependencies are handed out: the areas of an arrangement on the ground of their process. */
export const composeAreas = (parts: ProductParts): AreasHere => {
  const ground = groundOf(parts);
  const here = parts.arrangement?.areas ?? areaIds;
  const governance = here.includes('governance') ? composeGovernance(ground) : null;
  if (governance) ground.areas.governance = governance.area;
  const elv = here.includes('elv') ? composeElv(ground) : null;
  if (elv) ground.areas.elv = elv;
  const areas = Object.values(ground.areas);
  const { access, accessList, sessions, settings, outbox, inbox, facts, telemetry, aboutItself, out } = ground;
  return {
    access,
    accessList,
    crypto: parts.crypto,
    sessions,
    settings,
    outbox,
    inbox,
    facts,
    telemetry,
    aboutItself,
    areas,
    elv,
    notices: governance?.notices ?? null,
    audit: governance?.audit ?? null,
    onCrossing: leaveInterfaceFact,
    reach: (wires) => {
      out.wires = wires;
    },
    relay: (wires, tuning = {}) => {
      out.wires = wires;
      out.relay = startRelay({
        db: parts.db,
        crypto: parts.crypto,
        clock: parts.clock,
        connectors: connectorsOf(here),
        wires: Object.assign({}, wires, ...areas.map((area) => area.wires)),
        handlers: Object.assign({}, ...areas.map(({ answers }) => answers)),
        onCrossing: leaveInterfaceFact,
        onFailure: parts.onFailure,
        ...tuning,
      });
      return out.relay;
    },
  };
};

/** All areas in one process, as tests and demo data take them. Errors: throws where an arrangement leaves one out. */
export const compose = (parts: ProductParts): Product => {
  const { elv, notices, audit, ...rest } = composeAreas(parts);
  if (!elv || !notices || !audit) throw new Error('an area of the product does not run here');
  return { ...rest, elv, notices, audit };
};
