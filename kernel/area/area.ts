import type { FastifyInstance } from 'fastify';
import type { Role } from '#kernel/access/access.ts';
import type { Connector } from '#kernel/connector/connector.ts';
import type { InboundHandler } from '#kernel/connector/inbound.ts';
import type { AnswerHandler } from '#kernel/connector/relay.ts';
import type { MountParts } from '#kernel/contract/mount.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { Migration } from '#kernel/db/migrate.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';

/** What an area says of itself before anything runs: its tables, its roles, the systems it speaks with. */
export interface AreaPlan {
  readonly id: string;
  readonly title: string;
  readonly migrations: readonly Migration[];
  /** The roles as shipped. */
  readonly roles: readonly Role[];
  readonly connectors: readonly Connector[];
  /** The periods administrators may change. */
  readonly periods: readonly Period[];
}

/** An area put together: what it serves, and what follows from outside messages. Source: tender T3.1. */
export interface Area {
  readonly plan: AreaPlan;
  readonly operations: readonly Operation[];
  mount(server: FastifyInstance, parts: MountParts): void;
  /** By `connector.exchange`. */
  readonly answers: Readonly<Record<string, AnswerHandler>>;
  readonly inbound: Readonly<Record<string, InboundHandler>>;
  /** Takes up what an earlier process left unfinished. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
