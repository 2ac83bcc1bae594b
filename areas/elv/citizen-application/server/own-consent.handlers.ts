import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { citizenContract } from '../model/citizen.contract.ts';
import { consents, isAgreed } from '../model/consents.ts';
import { lockApplication } from './application.store.ts';
import type { CitizenDesk } from './citizen-parts.ts';
import { saveFilled } from './drafts.ts';
import { leaveFact, ownRows, ownView } from './own.handlers.ts';
import { isEditable } from './own-view.ts';

/** Agreeing to a text before papers of people are photographed. Source: 个人信息保护法 第十四条、第二十九条. */
export const ownConsentHandlers = (desk: CitizenDesk): Handlers<Pick<typeof citizenContract, 'agree'>> => ({
  agree: async ({ id, consent, version }, context) => {
    const { now } = context;
    await inTransaction(desk.db, async (tx) => {
      const locked = await lockApplication(tx, desk.crypto, id, ownRows(desk, context));
      if (!locked) throw notFound();
      if (!isEditable(locked.state)) return context.fail('NOT_EDITABLE');
      const text = consents.find((one) => one.id === consent && one.version === version);
      if (!text) return context.fail('OUTDATED');
      const { record } = locked;
      if (isAgreed(record.agreed, text)) return;
      const agreed = [...record.agreed, { id: text.id, version, at: now.toISOString() }];
      await saveFilled(desk, tx, locked, { ...record, agreed }, now);
      await leaveFact(tx, context, id, 'elv.citizen.agree', { consent, textVersion: version });
    });
    return ownView(desk, context, id);
  },
});
