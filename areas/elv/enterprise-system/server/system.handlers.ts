import { passes } from '#kernel/access/predicate.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { stepActorOf, takeStep } from '#kernel/lifecycle/take-step.ts';
import type { enterpriseSystemContract, SystemStep, systemStepContract } from '../model/enterprise-system.contract.ts';
import { enterpriseSystem } from '../model/enterprise-system.lifecycle.ts';
import { addressProblem } from './addresses.ts';
import {
  addSystem,
  countLiving,
  findByRegisterKey,
  findSystem,
  listRefusals,
  listSystems,
  mostLiving,
} from './enterprise-system.store.ts';
import { appIdOf } from './flow.ts';
import { isOurChallenge, isProved, newChallenge } from './key-proof.ts';
import type { SystemDesk } from './system-desk.ts';
import { accessRowOf, refusalsSince, rowOf, viewOf } from './system-view.ts';

type Contract = typeof enterpriseSystemContract;
const stem = enterpriseSystem.id;
const mostDeliveries = 50;

/** The enterprise whose systems the asking person registers. Errors: throws where they are of none. */
const enterpriseOf = ({ subject: { organisationId } }: Pick<CallContext, 'subject'>): string => {
  if (organisationId === null) throw new Failure(403, 'NO_ORGANISATION', '您的账号没有所属企业，不能登记企业系统');
  return organisationId;
};

const register =
  ({ db, engine, rules, crypto }: SystemDesk): Handlers<Contract>['register'] =>
  async ({ key, challenge, proof, ...input }, context) => {
    const { subject, now, traceId } = context;
    const organisationId = enterpriseOf(context);
    const problem = input.webhookUrl === null ? null : addressProblem(input.webhookUrl, rules);
    if (problem !== null)
      return context.fail('ADDRESS', { message: problem, problems: [{ path: 'webhookUrl', message: problem }] });
    const registerKey = `${subject.id}:${key}`;
    // A repeat is answered as the first was, however late.
    const first = await findByRegisterKey(db, registerKey);
    if (first) return { id: first.id, appId: first.row.app_id };
    if (!(await isOurChallenge(crypto, challenge, organisationId, now))) return context.fail('CHALLENGE_OVER');
    if (!(await isProved(crypto, input.publicKey, challenge, proof))) {
      const message = '签名与公钥不符：请用这把公钥的私钥，对上面的登记文本重新签名';
      return context.fail('NOT_PROVED', { problems: [{ path: 'proof', message }] });
    }
    const appId = appIdOf(input.publicKey);
    return inTransaction(db, async (tx) => {
      const id = uuidv7(now);
      const made = await addSystem(tx, {
        id,
        register_key: registerKey,
        lifecycle_version: enterpriseSystem.version,
        state: enterpriseSystem.initial,
        version: 1,
        round: 1,
        enterprise_id: organisationId,
        registered_by: subject.id,
        registered_by_name: subject.name,
        registered_at: now,
        record: JSON.stringify({ ...input, opinion: null }),
        app_id: appId,
        living_app_id: appId,
        webhook_of: null,
        seal: null,
        decided_by_name: null,
        decided_at: null,
        last_used_at: null,
      });
      if (!made) {
        const meanwhile = await findByRegisterKey(tx, registerKey);
        return meanwhile ? { id: meanwhile.id, appId: meanwhile.row.app_id } : context.fail('KEY_TAKEN');
      }
      if ((await countLiving(tx, organisationId)) > mostLiving) return context.fail('TOO_MANY_SYSTEMS');
      await engine.performIn(tx, {
        caseId: id,
        action: 'register',
        input: {},
        expectedVersion: 1,
        stepKey: key,
        actor: stepActorOf(context),
        traceId,
        mayAct: () => true,
      });
      return { id, appId };
    });
  };

const resend =
  ({ db, access, outbox, nudge }: SystemDesk): Handlers<Contract>['resend'] =>
  async ({ id, exchangeId }, context) => {
    const { subject, ip, now, traceId } = context;
    const system = await findSystem(db, id, access.rowFilter(subject, `${stem}:resend`));
    const own = system && (await outbox.latestOf(db, stem, id, mostDeliveries)).some((one) => one.id === exchangeId);
    if (!own) throw notFound();
    await inTransaction(db, async (tx) => {
      if (!(await outbox.retryNow(tx, exchangeId))) return context.fail('NOT_WAITING');
      await appendFact(tx, {
        at: now,
        kind: 'operation',
        action: `${stem}.resend`,
        actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip },
        object: { type: stem, id },
        outcome: 'done',
        detail: { exchangeId },
        traceId,
      });
    });
    nudge();
    return { done: true };
  };

/** Handlers of looking after enterprises' systems. Source: issue “dismantlers’ own systems”. */
export const systemHandlers = (desk: SystemDesk): Handlers<Contract> => {
  const { db, access, outbox } = desk;
  const rowsFor = (context: CallContext) => access.rowFilter(context.subject, `${stem}:read`);
  return {
    list: async (filter, context) => {
      const { rows, total } = await listSystems(db, filter, rowsFor(context));
      const ids = rows.map(({ id }) => id);
      const [refusals, names] = await Promise.all([
        listRefusals(db, ids, refusalsSince(context.now)),
        desk.organisations.all(db),
      ]);
      return {
        rows: rows.map((one) => rowOf(desk, context.subject, one, refusals, names)),
        total,
      };
    },
    get: async ({ id }, context) => {
      const system = await findSystem(db, id, rowsFor(context));
      if (!system) throw notFound();
      const deliveries = await outbox.latestOf(db, stem, id, mostDeliveries);
      return viewOf(desk, context, system, deliveries);
    },
    challenge: (_, context) => newChallenge(desk.crypto, enterpriseOf(context), context.now),
    register: register(desk),
    resend: resend(desk),
  };
};

const perform =
  ({ db, engine, access }: SystemDesk, action: SystemStep): Handlers<typeof systemStepContract>[SystemStep] =>
  async (said, context) => {
    const rows = access.rowFilter(context.subject, `${stem}:${action}`);
    const taking = { db, engine, lifecycle: widened(enterpriseSystem) };
    const { snapshot } = await takeStep(taking, action, said, context, ({ row }) => passes(rows, accessRowOf(row)));
    return { state: snapshot.state, version: snapshot.version };
  };

/** One handler for every step. */
export const systemStepHandlers = (desk: SystemDesk): Handlers<typeof systemStepContract> => ({
  confirm: perform(desk, 'confirm'),
  refuse: perform(desk, 'refuse'),
  withdraw: perform(desk, 'withdraw'),
  revoke: perform(desk, 'revoke'),
});
