import { addressBlock } from '#kernel/contract/address-block.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { Captchas } from '#practices/captcha/server/captcha.ts';
import type { PublicQueryRules, publicQueryContract } from '../model/public-query.contract.ts';
import { type CaseTrail, publicProgressOf } from '../model/public-stages.ts';
import { countQuery, forgetQueries } from './public-query.store.ts';

/** Where a vehicle's case is found; what it asks of the database is the same whether or not there is one. */
export interface CaseTrails {
  find(db: Db, plateNo: string, vinTail: string): Promise<CaseTrail | undefined>;
}

/** What the public query works with. */
export interface PublicQueryParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly captchas: Captchas;
  readonly rules: PublicQueryRules;
  readonly trails: CaseTrails;
}

/** The kind of ticket its pictures come with: a picture of the sign-in is none of these. */
export const publicQueryTicket = 'public-progress';
/** What its pictures are bound to beside the address: nobody has a name here. */
const about = '';

const hourMs = 3_600_000;
/** `2026-11-29 14`: the hour a query is counted in. */
const hourOf = (at: Date): string => shanghaiMinute(at).slice(0, 13);

type Asked = { readonly plateNo: string; readonly captcha: { readonly ticket: string; readonly text: string } };
type Bar = 'TOO_MANY' | 'CAPTCHA';

/**
 * What bars a query, counted whatever comes of it. The address first, with the picture, which serves once in any case; then the plate, so that
 * nobody without a picture uses up somebody else's, and two at once never wait for each other crosswise.
 */
const barOf = async (
  { db, crypto, captchas, rules }: PublicQueryParts,
  { plateNo, captcha }: Asked,
  { ip, now }: { readonly ip: string; readonly now: Date },
): Promise<Bar | undefined> => {
  const hour = hourOf(now);
  const [address, plate] = await Promise.all([
    crypto.hmac('public-query', `address:${addressBlock(ip)}`),
    crypto.hmac('public-query', `plate:${plateNo}`),
  ]);
  return inTransaction(db, async (tx) => {
    const [count, passed] = await Promise.all([
      countQuery(tx, address, hour),
      captchas.passes(tx, captcha, { about, ip, now }),
    ]);
    if (count > rules.perAddress) return 'TOO_MANY';
    if (!passed) return 'CAPTCHA';
    return (await countQuery(tx, plate, hour)) > rules.perPlate ? 'TOO_MANY' : undefined;
  });
};

/** Forgets counts of a day ago, once an hour in each process. */
const forgettingOver = (db: Db): ((now: Date) => Promise<void>) => {
  let done = '';
  return async (now) => {
    const hour = hourOf(now);
    if (done === hour) return;
    done = hour;
    await forgetQueries(db, hourOf(new Date(now.getTime() - 24 * hourMs)));
  };
};

/** Handlers of the public query. Source: tender R14. */
export const publicQueryHandlers = (parts: PublicQueryParts): Handlers<typeof publicQueryContract> => {
  const { db, captchas, rules, trails } = parts;
  const forget = forgettingOver(db);
  return {
    captcha: async (_, { ip, now }) => ({
      ...(await captchas.offer({ about, ip, now })),
      vinDigits: rules.vinDigits,
    }),
    find: async ({ plateNo, vinTail, captcha }, context) => {
      const { ip, now } = context;
      if (vinTail.length !== rules.vinDigits) {
        return context.fail('VIN_DIGITS', { message: `请填写车辆识别代号的后 ${rules.vinDigits} 位` });
      }
      await forget(now);
      const bar = await barOf(parts, { plateNo, captcha }, { ip, now });
      // The log knows that somebody asked and what came of it; not about which vehicle.
      if (bar) {
        await context.leaveRead({ answer: bar === 'CAPTCHA' ? 'misread' : 'too-many' });
        return context.fail(bar);
      }
      const trail = await trails.find(db, plateNo, vinTail);
      await context.leaveRead({ answer: trail ? 'told' : 'nothing' });
      return { progress: trail ? publicProgressOf(trail, now) : null };
    },
  };
};
