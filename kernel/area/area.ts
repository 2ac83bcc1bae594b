import type { FastifyInstance } from 'fastify';
import type { Role } from '#kernel/access/access.ts';
import type { ConditionField } from '#kernel/access/condition.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import type { Connector, Wire } from '#kernel/connector/connector.ts';
import type { InboundHandler } from '#kernel/connector/inbound.ts';
import type { MountParts } from '#kernel/contract/mount.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { SealedTable } from '#kernel/crypto/sealed-table.ts';
import type { Migration } from '#kernel/db/migrate.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import type { Offer, Offering } from './offer.ts';

/** What an area says of itself before anything runs: its tables, its roles, the systems it speaks with. */
export interface AreaPlan {
  readonly id: string;
  readonly title: string;
  /** Schemas of the database that are the area's own: no other area reads or writes them. */
  readonly schemas: readonly string[];
  readonly migrations: readonly Migration[];
  /** Everything it can be asked by people and systems. */
  readonly operations: readonly Operation[];
  /** What it does for other areas, and what it asks of them: the only ways across. */
  readonly offers: readonly Offer[];
  readonly needs: readonly Offer[];
  /** The roles as shipped. */
  readonly roles: readonly Role[];
  readonly connectors: readonly Connector[];
  /** What the stems of the area's permissions are called: `elv.vehicle-case` is 报废机动车案卷. */
  readonly resources: Readonly<Record<string, string>>;
  /** What conditions of roles may ask of the area's things, by the stem of the permission; a stem left out has no conditions. */
  readonly conditions?: Readonly<Record<string, readonly ConditionField[]>>;
  /** Which single values a permission shows may be shown otherwise than the rest, and what they are called; a permission left out has none. */
  readonly personal?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The periods administrators may change. */
  readonly periods: readonly Period[];
  /** What of the area is erased when it has been kept long enough. */
  readonly retentions?: readonly Retention[];
  /** The area's roles that an enterprise's own administrator may give to its people, by the kind of organisation. */
  readonly rolesOfKind?: Readonly<Record<string, readonly string[]>>;
  /** The tables that hold sealed texts or blind indexes: what is sealed anew when keys are renewed. */
  readonly sealed?: readonly SealedTable[];
}

/** An area put together: what it serves, and what follows from outside messages. Source: tender T3.1. */
export interface Area {
  readonly plan: AreaPlan;
  mount(server: FastifyInstance, parts: MountParts): void;
  /** By `connector.exchange`. */
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  readonly inbound: Readonly<Record<string, InboundHandler>>;
  /** The ways of its own to what its connectors name, where no setting says where that is. */
  readonly wires: Readonly<Record<string, Wire>>;
  /** What answers the offers of its plan. */
  readonly offers: readonly Offering[];
  /** Takes up what an earlier process left unfinished. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
