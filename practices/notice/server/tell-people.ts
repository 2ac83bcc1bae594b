import { passes } from '#kernel/access/predicate.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { filled } from '../model/notice-value.ts';
import type { NoticeParts } from './notice.parts.ts';
import { addNotices } from './notice.store.ts';
import type { Recipients } from './recipients.ts';
import type { Telling } from './telling.ts';

/** At most so many people are told of one thing. Source: assumption; more people of one enterprise do not do the same work. */
const mostRecipients = 200;

/** Tells people: whoever {@link News} names and may come to its matter. */
export const tellingOver = ({
  access,
  recipients,
}: Pick<NoticeParts, 'access'> & { readonly recipients: Recipients }): Telling => ({
  raise: async (tx, { kind, values, matter, occasion, organisationId, personId, at }) => {
    const { permission } = kind;
    const people =
      personId !== undefined
        ? await recipients.ofIds(tx, [personId], at, 1)
        : organisationId === null
          ? await recipients.ofIds(tx, recipients.holders(permission), at, mostRecipients)
          : await recipients.ofOrganisation(tx, organisationId, at, mostRecipients);
    const told = people.filter(
      (one) => personId !== undefined || passes(access.rowFilter(one, permission), matter.row),
    );
    const body = filled(kind.text, kind.slots, values);
    const outside = kind.outside && filled(kind.outside.text, kind.slots, values);
    await addNotices(
      tx,
      told.map(({ id }) => ({
        id: uuidv7(at),
        kind: kind.id,
        group_id: kind.group.id,
        matter_type: matter.type,
        matter_id: matter.id,
        occasion,
        recipient_id: id,
        title: kind.title,
        body,
        raised_at: at,
        unread: true,
        read_at: null,
        outside,
        outward: outside === null ? 'done' : 'due',
      })),
    );
  },
});
