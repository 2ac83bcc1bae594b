import type { Access, Subject } from '#kernel/access/access.ts';
import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import type { LifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import { stepActorOf } from '#kernel/lifecycle/take-step.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { ProposalRow } from '../model/proposal.contract.ts';
import { type Decision, decisions, noteDecision, type Proposal } from '../model/proposal.lifecycle.ts';
import type { ProposalStore, StoredProposal } from './proposal.store.ts';

/** What the proposals of one matter work with. */
export interface ProposalParts<P extends Proposal> {
  readonly db: Db;
  readonly clock: Clock;
  readonly signer: PersonalSigner;
  readonly access: Pick<Access, 'rowFilter'>;
  readonly lifecycle: LifecycleOf<P>;
  readonly store: ProposalStore<P>;
  /** What agreeing does, and what is done when it comes to nothing, by the names the lifecycle gives. */
  readonly hooks: Readonly<Record<string, Hook<P>>>;
  /** What a kind of proposal is called. */
  readonly kindTitle: (record: P) => string;
}

/** A decision somebody takes. */
export interface DecisionInput {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A proposal as it is shown to one reader, and what it says for the program. */
export interface ShownProposal<P extends Proposal> {
  readonly row: ProposalRow;
  readonly record: P;
}

/** The proposals of one matter as its handlers use them. */
export interface ProposalDesk<P extends Proposal> {
  /** Keeps and signs a proposal in the caller's transaction; the same key again is the same proposal. */
  propose(
    tx: Tx,
    one: { readonly key: string; readonly kind: string; readonly record: P },
    context: Pick<CallContext, 'subject' | 'ip' | 'now' | 'traceId'>,
  ): Promise<{ readonly id: string; readonly made: boolean }>;
  /** Takes a decision; one transaction with everything it does. */
  decide(
    action: Decision,
    said: DecisionInput,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<{ readonly state: string; readonly version: number }>;
  list(
    filter: { readonly open?: boolean | undefined; readonly page: number; readonly size: number },
    subject: Subject,
  ): Promise<{ rows: ShownProposal<P>[]; total: number }>;
  /** One proposal within the asker's rows. */
  find(id: string, subject: Subject): Promise<ShownProposal<P> | undefined>;
}

const engineFor = <P extends Proposal>({ db, clock, signer, lifecycle, store, hooks }: ProposalParts<P>): Engine<P> => {
  const none = (): never => {
    throw new Error('a proposal has neither messages nor deadlines');
  };
  return engineOf<P>({
    db,
    clock,
    lifecycles: [lifecycle],
    store,
    send: none,
    hooks: {
      ...hooks,
      [noteDecision]: async ({ tx, after, actor, now }) => {
        await store.noteDecision(tx, after.id, actor, now);
        return {};
      },
    },
    deadline: none,
    sign: (tx, actor, digest) => signer.sign(tx, actor.id, digest),
    changes: async () => [],
    digestible: (record) => record,
  });
};

const sameProposer = '申请人不能审批自己的申请，请由另一名管理员办理';

const rowFor =
  <P extends Proposal>({ access, lifecycle, kindTitle }: ProposalParts<P>, subject: Subject) =>
  (one: StoredProposal<P>): ShownProposal<P> => {
    const { record, state, version } = one.snapshot;
    const waiting = state === 'proposed';
    const seen = { id: one.id, owner: one.proposedBy, state };
    const permitted = decisions.filter((action) =>
      passes(access.rowFilter(subject, `${lifecycle.id}:${action}`), seen),
    );
    const own = one.proposedBy === subject.id;
    const row: ProposalRow = {
      id: one.id,
      kind: one.kind,
      kindTitle: kindTitle(record),
      summary: record.summary,
      reason: record.reason,
      state,
      stateTitle: lifecycle.states[state]?.title ?? state,
      version,
      proposedBy: one.proposedByName,
      proposedAt: one.proposedAt.toISOString(),
      decidedBy: one.decidedByName,
      decidedAt: one.decidedAt?.toISOString() ?? null,
      opinion: record.opinion,
      actions: waiting ? permitted.filter((action) => action === 'withdraw' || !own) : [],
      waitsForAnother: waiting && own,
    };
    return { row, record };
  };

/** The proposals of one matter: agreeing does what was proposed in the very same transaction. Source: domain 10.4 (申请—审批双人). */
export const proposalDesk = <P extends Proposal>(parts: ProposalParts<P>): ProposalDesk<P> => {
  const { db, access, lifecycle, store } = parts;
  const engine = engineFor(parts);
  return {
    propose: async (tx, { key, kind, record }, context) => {
      const { now, subject, traceId } = context;
      const added = await store.add(tx, { id: uuidv7(now), key, kind, record, lifecycle, by: subject, at: now });
      if (added.made)
        await engine.performIn(tx, {
          caseId: added.id,
          action: 'propose',
          input: {},
          expectedVersion: 1,
          stepKey: key,
          actor: stepActorOf(context),
          traceId,
          mayAct: () => true,
        });
      return added;
    },
    decide: async (action, said, context) => {
      const rows = access.rowFilter(context.subject, `${lifecycle.id}:${action}`);
      const one = await store.find(db, said.id, rows);
      if (!one) throw notFound();
      const result = await engine.perform({
        caseId: said.id,
        action,
        input: said.input,
        expectedVersion: said.version,
        stepKey: said.key,
        actor: stepActorOf(context),
        traceId: context.traceId,
        mayAct: ({ state }) => passes(rows, { id: one.id, owner: one.proposedBy, state }),
      });
      if (result.outcome === 'not-found') throw notFound();
      if (result.outcome === 'refused') {
        const problems = result.refusals.map(({ why, path, message }) => ({
          path,
          message: why === 'same-person' ? sameProposer : message,
        }));
        return context.fail(result.refusals.some(({ why }) => why === 'stale') ? 'STALE' : 'REFUSED', { problems });
      }
      return { state: result.snapshot.state, version: result.snapshot.version };
    },
    list: async ({ open, page, size }, subject) => {
      const read = access.rowFilter(subject, `${lifecycle.id}:read`);
      const { rows, total } = await store.list(db, { open, page, size }, read);
      return { rows: rows.map(rowFor(parts, subject)), total };
    },
    find: async (id, subject) => {
      const one = await store.find(db, id, access.rowFilter(subject, `${lifecycle.id}:read`));
      return one && rowFor(parts, subject)(one);
    },
  };
};
