import type { FastifyInstance } from 'fastify';
import { type AccessRow, passes } from '#kernel/access/predicate.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { noticeContract } from '../model/notice.contract.ts';
import type { NoticeKind } from '../model/notice-kind.ts';
import { filled, type Slots, type ValuesOf } from '../model/notice-value.ts';
import { noticeHandlers } from './notice.handlers.ts';
import type { NoticeParts } from './notice.parts.ts';
import { addNotices } from './notice.store.ts';

/** At most so many people are told of one thing. Source: assumption; more people of one enterprise do not do the same work. */
const mostRecipients = 200;

/** Something to be told. */
export interface News<V extends Slots = Slots> {
  readonly kind: NoticeKind<V>;
  readonly values: ValuesOf<V>;
  /** What it is about, and what access control sees of it: whoever may not come to it is not told. */
  readonly matter: { readonly type: string; readonly id: string; readonly row: AccessRow };
  /** Which of the things that happen to a matter again and again this is: told once, however often it is raised. */
  readonly occasion: string;
  /** The organisation whose people are told; null for the people of the platform. */
  readonly organisationId: string | null;
  readonly at: Date;
}

/** How steps tell people: in their own transaction, so that what is rolled back was never told. */
export interface Telling {
  raise<V extends Slots>(tx: Tx, news: News<V>): Promise<void>;
}

/** Notices put together. Source: tender R13, R49. */
export interface Notices extends Telling {
  readonly operations: readonly Operation[];
  mount(server: FastifyInstance, mount: MountParts): void;
}

/** Puts notices together. */
export const noticesOf = (parts: NoticeParts): Notices => {
  const { access, recipients } = parts;
  return {
    raise: async (tx, { kind, values, matter, occasion, organisationId, at }) => {
      const { permission } = kind;
      const people =
        organisationId === null
          ? await recipients.ofIds(tx, recipients.holders(permission), at, mostRecipients)
          : await recipients.ofOrganisation(tx, organisationId, at, mostRecipients);
      const told = people.filter((one) => passes(access.rowFilter(one, permission), matter.row));
      const body = filled(kind.text, kind.slots, values);
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
        })),
      );
    },
    operations: Object.values(noticeContract),
    mount: (server, mount) => mountContract(server, noticeContract, noticeHandlers(parts), mount),
  };
};
