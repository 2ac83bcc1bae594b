import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { blindIndexes } from '#kernel/crypto/blind-index.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import type { accountContract } from '../model/account.contract.ts';
import type { AccountParts } from './account.parts.ts';
import { type Account, findAccountByIdentity, lockAccount } from './account-state.store.ts';
import { securityFact } from './entry.ts';
import { bindIdentity, findBoundUser } from './sign-on.store.ts';
import type { Vouched } from './sign-on.ts';

type SignOnOperations = Pick<typeof accountContract, 'signOnOffer' | 'beginSignOn' | 'finishSignOn'>;

/** Where what the provider vouches for leads to, and by what. */
interface Lead {
  readonly userId: string;
  readonly by: 'binding' | 'identity-number';
}

/** Bound before, or with the same verified identity number. */
const leadOf = async ({ crypto }: AccountParts, tx: Tx, vouched: Vouched): Promise<Lead | undefined> => {
  const bound = await findBoundUser(tx, vouched);
  if (bound !== undefined) return { userId: bound, by: 'binding' };
  if (vouched.identityNo === null) return undefined;
  // Under two keys while keys are being renewed.
  for (const index of await blindIndexes(crypto, 'identity-number', vouched.identityNo)) {
    const found = await findAccountByIdentity(tx, index);
    if (found) return { userId: found.id, by: 'identity-number' };
  }
  return undefined;
};

/** The account of whoever the provider vouches for, locked; a verified identity number binds it now. */
const accountOf = async (
  parts: AccountParts,
  tx: Tx,
  vouched: Vouched,
  context: CallContext,
): Promise<Account | undefined> => {
  const before = await leadOf(parts, tx, vouched);
  if (!before) return undefined;
  const account = await lockAccount(tx, before.userId);
  // Whoever held the account until now may have taken away what led there; nobody can any more.
  const lead = await leadOf(parts, tx, vouched);
  if (lead?.userId !== account.id) return undefined;
  if (lead.by === 'binding') return account;
  if (!(await bindIdentity(tx, vouched, account.id, context.now))) return undefined;
  const who = { id: account.id, name: account.userName };
  await appendFact(tx, securityFact(context, 'governance.account.bindSignOn', who, 'done', { by: 'identity-number' }));
  return account;
};

/** A refused sign-on in the log, with the code of its cause where there was one. */
const noteRefusal = async (
  tx: Tx,
  context: CallContext,
  { why, cause = null }: { readonly why: string; readonly cause?: string | null },
  who = { id: 'nobody', name: '' },
): Promise<void> => {
  const detail = { why, way: 'sign-on', ...(cause === null ? {} : { cause }) };
  await appendFact(tx, securityFact(context, 'governance.account.signIn', who, 'refused', detail));
};

/** Handlers of the government's sign-on. Nobody gets an account by it; whoever has one gets in. Source: tender R42. */
export const signOnHandlers = (parts: AccountParts): Handlers<SignOnOperations> => ({
  signOnOffer: async () => ({ title: parts.signOn?.title ?? null }),
  beginSignOn: async (_, context) => {
    if (!parts.signOn) return context.fail('SIGN_ON_OFF');
    const begun = await parts.signOn.begin(null, context.now);
    if (!('refusal' in begun)) return begun;
    const { refusal, cause } = begun;
    await inTransaction(parts.db, (tx) => noteRefusal(tx, context, { why: refusal.toLowerCase(), cause }));
    return context.fail(refusal);
  },
  finishSignOn: async (answer, context) => {
    if (!parts.signOn) return context.fail('SIGN_ON_OFF');
    const vouched = await parts.signOn.finish(null, answer, context.now);
    await parts.access.refresh();
    const end = await inTransaction(parts.db, async (tx) => {
      if ('refusal' in vouched) {
        await noteRefusal(tx, context, { why: vouched.refusal.toLowerCase(), cause: vouched.cause });
        return vouched.refusal;
      }
      const account = await accountOf(parts, tx, vouched, context);
      if (!account) {
        await noteRefusal(tx, context, { why: 'not-bound' });
        return 'NOT_BOUND' as const;
      }
      if (account.lockedUntil !== null && account.lockedUntil > context.now) {
        await noteRefusal(tx, context, { why: 'locked' }, { id: account.id, name: account.userName });
        return 'LOCKED' as const;
      }
      return parts.entry.enter(tx, account, { way: 'sign-on', proved: false }, context);
    });
    if (typeof end === 'string') return context.fail(end);
    context.setSession(end.token);
    return end.progress;
  },
});
