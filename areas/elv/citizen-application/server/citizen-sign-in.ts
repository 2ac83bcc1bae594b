import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { oneStop, residentCard } from '#connectors/one-stop/exchanges.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { Delivery } from '#kernel/connector/connector.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { maskValue } from '#kernel/fields/mask.ts';
import type { citizenContract } from '../model/citizen.contract.ts';
import { levelTitles, levelWords, reaches } from '../model/real-name.ts';
import { addSession, type Citizen, endSession, findCitizen, keepCitizen } from './citizen.store.ts';
import { type CitizenParts, citizenIdOf } from './citizen-parts.ts';
import { sessionMs } from './citizen-sessions.ts';

type SignInOperations = Pick<typeof citizenContract, 'begin' | 'finish' | 'me' | 'signOut'>;
type Refusal = 'TICKET_GONE' | 'SIGN_IN_REFUSED' | 'LEVEL_TOO_LOW' | 'NOT_RESIDENT_CARD' | 'UNREACHABLE';

/** What the log calls a sign-in: it is told by what came of it, and not by the operation. */
export const signInTitle = { id: 'elv.citizen.signIn', title: '个人登录（一网通办）' } as const;

const ticketKind = 'citizen-sign-in';
const ticketMinutes = 10;
const begun = z.object({ state: z.string() });

const tell = (
  tx: Tx,
  { ip, now, traceId, userAgent }: CallContext,
  action: 'signIn' | 'signOut',
  actorId: string,
  outcome: AuditFact['outcome'],
  detail: AuditFact['detail'],
): Promise<unknown> =>
  appendFact(tx, {
    at: now,
    kind: 'security',
    action: `elv.citizen.${action}`,
    actor: { id: actorId, name: '申请人', organisationId: null, ip, agent: userAgent.slice(0, 200) },
    object: null,
    outcome,
    detail,
    traceId,
  });

const shown = ({ person, level }: Citizen) => ({
  name: person.name,
  identityNo: maskValue('identity-number', person.identityNo),
  level,
  levelTitle: levelTitles[level],
});

/** What came of asking: an answer, a no, or silence, which is no no. */
const heard = <T>(
  delivery: Delivery<T>,
): { readonly answer: T } | { readonly refusal: Refusal; readonly cause: string } => {
  if (delivery.outcome === 'delivered') return { answer: delivery.answer };
  if (delivery.outcome === 'refused') return { refusal: 'SIGN_IN_REFUSED', cause: delivery.code };
  return { refusal: 'UNREACHABLE', cause: delivery.outcome };
};

/** Whom the one-stop service vouches for by a code that was carried back. Source: domain 9.6. */
const vouchedFor = async (
  { asking, rules }: CitizenParts,
  code: string,
  traceId: string,
): Promise<Omit<Citizen, 'id'> | { readonly refusal: Refusal; readonly cause: string }> => {
  const token = heard(
    await asking.ask(oneStop, 'exchange-code', { reference: traceId, code, redirectUri: rules.redirectUri }, traceId),
  );
  if ('refusal' in token) return token;
  const { accessToken } = token.answer;
  const found = heard(await asking.ask(oneStop, 'get-person', { reference: traceId, accessToken }, traceId));
  if ('refusal' in found) return found;
  const { userId, name, idType, idNo, mobile, level } = found.answer;
  if (idType !== residentCard) return { refusal: 'NOT_RESIDENT_CARD', cause: idType };
  const person = { name, identityNo: idNo.toUpperCase(), mobile };
  return { outsideId: userId, person, level };
};

const finish =
  (parts: CitizenParts): Handlers<SignInOperations>['finish'] =>
  async ({ ticket, code, state }, context) => {
    const { db, crypto, tickets, rules } = parts;
    const { now, traceId } = context;
    const refuse = async (refusal: Refusal, cause: string, message?: string): Promise<never> => {
      const why = refusal.toLowerCase();
      await inTransaction(db, (tx) =>
        tell(tx, context, 'signIn', 'nobody', 'refused', { way: 'one-stop', why, cause }),
      );
      return context.fail(refusal, message === undefined ? {} : { message });
    };
    // Used up before anybody is asked: a forged or repeated return is not even carried there.
    const of = await inTransaction(db, (tx) => tickets.redeem(tx, ticketKind, ticket, begun, now));
    if (!of) return refuse('TICKET_GONE', 'ticket');
    if (of.state !== state) return refuse('TICKET_GONE', 'state');
    const vouched = await vouchedFor(parts, code, traceId);
    if ('refusal' in vouched) return refuse(vouched.refusal, vouched.cause);
    if (!reaches(vouched.level, rules.leastLevel))
      return refuse('LEVEL_TOO_LOW', vouched.level, levelWords(vouched.level, rules.leastLevel));
    const token = randomBytes(32).toString('base64url');
    const id = await inTransaction(db, async (tx) => {
      const citizenId = await keepCitizen(tx, crypto, vouched, now);
      const forgotten = new Date(now.getTime() - sessionMs.absolute);
      await addSession(tx, { digest: sm3Hex(token), citizenId, at: now }, forgotten);
      await tell(tx, context, 'signIn', citizenId, 'done', { way: 'one-stop', level: vouched.level });
      return citizenId;
    });
    context.setSession(token);
    return shown({ id, ...vouched });
  };

/** Handlers of coming in by the one-stop service, and of leaving. Source: tender R62. */
export const citizenSignIn = (parts: CitizenParts): Handlers<SignInOperations> => {
  const { db, crypto, tickets, rules, demo } = parts;
  return {
    begin: async (_, { now }) => {
      const state = randomBytes(24).toString('base64url');
      const address = new URL(rules.authorizeUrl);
      const question = { client_id: rules.clientId, redirect_uri: rules.redirectUri, state, scope: 'basic' };
      for (const [name, value] of Object.entries(question)) address.searchParams.set(name, value);
      return { address: address.href, ticket: await tickets.issue(ticketKind, { state }, now, ticketMinutes), demo };
    },
    finish: finish(parts),
    me: async (_, { subject }) => {
      const citizen = await findCitizen(db, crypto, citizenIdOf(subject));
      if (!citizen) throw new Error('a session without its citizen');
      return shown(citizen);
    },
    signOut: async (_, context) => {
      const { sessionToken, subject } = context;
      await inTransaction(db, async (tx) => {
        if (sessionToken !== undefined) await endSession(tx, sm3Hex(sessionToken));
        await tell(tx, context, 'signOut', subject.id, 'done', {});
      });
      context.setSession(null);
      return { done: true };
    },
  };
};
