import type { FastifyInstance } from 'fastify';
import type { Role } from '#kernel/access/access.ts';
import type { ConditionField } from '#kernel/access/condition.ts';
import type { AccessRow } from '#kernel/access/predicate.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import type { Connector } from '#kernel/connector/connector.ts';
import type { InboundHandler } from '#kernel/connector/inbound.ts';
import type { MountParts } from '#kernel/contract/mount.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { SealedTable } from '#kernel/crypto/sealed-table.ts';
import type { Migration } from '#kernel/db/migrate.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import type { HandOver } from './hand-over.ts';

/** What an area says of itself before anything runs: its tables, its roles, the systems it speaks with. */
export interface AreaPlan {
  readonly id: string;
  readonly title: string;
  readonly migrations: readonly Migration[];
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
  /** The area's roles that an enterprise's own administrator may give to its people, by the kind of organisation. */
  readonly rolesOfKind?: Readonly<Record<string, readonly string[]>>;
  /** The tables that hold sealed texts or blind indexes: what is sealed anew when keys are renewed. */
  readonly sealed?: readonly SealedTable[];
}

/** A kind of thing permissions are about: how one is found by what people know it by. */
export interface AccessTarget {
  /** What access control sees of it, and its name; undefined when there is none. */
  find(known: string): Promise<{ readonly row: AccessRow; readonly title: string } | undefined>;
}

/** An area put together: what it serves, and what follows from outside messages. Source: tender T3.1. */
export interface Area {
  readonly plan: AreaPlan;
  readonly operations: readonly Operation[];
  mount(server: FastifyInstance, parts: MountParts): void;
  /** By `connector.exchange`. */
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  readonly inbound: Readonly<Record<string, InboundHandler>>;
  /** What permissions of the area may be asked about, by the stem of the permission (`elv.vehicle-case`). */
  readonly accessTargets: Readonly<Record<string, AccessTarget>>;
  /** The area's part when somebody's open work goes to another; left out where nothing hangs on a person. */
  readonly handOver?: HandOver;
  /** Takes up what an earlier process left unfinished. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
