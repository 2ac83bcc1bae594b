import { auditChanges } from '#kernel/audit/changes.ts';
import { notFound, type Problem } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx, uniqueViolation } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { type AnyDraft, faultsOf, readChanges } from '#kernel/fields/field.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import type { practitionerContract } from '../model/practitioner.contract.ts';
import { posts, practitionerFields, titleIn } from '../model/practitioner.fields.ts';
import { alreadyHere, personOf } from './enter-practitioner.ts';
import {
  addPosts,
  changePostRow,
  changePractitioner,
  type FoundPractitioner,
  listPosts,
  lockPractitioner,
  restsOnNumber,
} from './practitioner.store.ts';
import { rowsFor } from './practitioner-access.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';
import { leaveFact } from './practitioner-facts.ts';
import { nameIndex, sealPerson } from './practitioner-seal.ts';
import { plainOf, readPractitioner } from './read-practitioner.ts';

type EditContract = Pick<typeof practitionerContract, 'edit' | 'changePost' | 'leave'>;
type Context = CallContext<'FAULTY' | 'CHANGED' | 'LEFT'>;

/** The post is changed by an operation of its own. */
const { post: _, ...editable } = practitionerFields;

/** The person under lock, as long as they are at work and nobody has changed them since. Errors: throws what the caller is told otherwise. */
const inHand = async (
  { access }: PractitionerDesk,
  tx: Tx,
  context: Context,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<FoundPractitioner> => {
  const found = await lockPractitioner(tx, id, rowsFor(access, context.subject, 'edit'));
  if (!found) throw notFound();
  if (found.left_on !== null) return context.fail('LEFT');
  if (found.version !== version) return context.fail('CHANGED', { detail: { version: found.version } });
  return found;
};

const refuse = (context: Context, ...problems: readonly Problem[]): void => {
  if (problems.length > 0) context.fail('FAULTY', { problems });
};

const readEdits = (changes: AnyDraft, now: Date, context: Context): AnyDraft => {
  const { values, faults } = readChanges(editable, changes);
  const touched = Object.fromEntries(Object.entries(editable).filter(([name]) => Object.hasOwn(changes, name)));
  const missing = faultsOf(touched, values).filter(({ field }) => !faults.some((one) => one.field === field));
  const future =
    typeof values.since === 'string' && values.since > shanghaiDay(now)
      ? [{ field: 'since', message: '到岗日期不能晚于今天' }]
      : [];
  refuse(context, ...[...faults, ...missing, ...future].map(({ field, message }) => ({ path: field, message })));
  return values;
};

/** A number belongs to the person; what rests upon it must not be carried over to somebody else. */
const newPerson = async (
  desk: PractitionerDesk,
  tx: Tx,
  found: FoundPractitioner,
  identityNo: string,
  context: Context,
): Promise<string> => {
  if (await restsOnNumber(tx, found))
    refuse(context, {
      path: 'identityNo',
      message: '已有年度诚信档案或行为记录，身份证号码不能再改；登记有误的，请办理离岗后按正确的号码重新登记',
    });
  return personOf(desk, tx, identityNo, context.now);
};

const applyEdits = async (
  desk: PractitionerDesk,
  tx: Tx,
  found: FoundPractitioner,
  after: Readonly<Record<'name' | 'identityNo' | 'phone' | 'since', string>>,
  context: Context,
): Promise<void> => {
  const { crypto } = desk;
  const before = await plainOf(desk, found);
  const { name, phone, since, identityNo } = after;
  const numberChanged = identityNo !== before.identityNo;
  const personId = numberChanged ? await newPerson(desk, tx, found, identityNo, context) : found.person_id;
  if (since !== before.since) {
    const first = (await listPosts(tx, found.id)).at(-1);
    if (first?.until_on && first.until_on < since)
      refuse(context, { path: 'since', message: '到岗日期不能晚于第一个岗位的结束日期' });
    if (first) await changePostRow(tx, first.id, { from_on: since });
  }
  await changePractitioner(tx, found.id, {
    person_id: personId,
    working_person_id: personId,
    person_sealed: await sealPerson(crypto, found.id, { name, phone }),
    name_index: await nameIndex(crypto, name),
    since,
  });
};

const edit =
  (desk: PractitionerDesk): Handlers<EditContract>['edit'] =>
  async (input, context) => {
    try {
      await inTransaction(desk.db, async (tx) => {
        const found = await inHand(desk, tx, context, input);
        const before = await plainOf(desk, found);
        const values = readEdits(input.changes, context.now, context);
        const after = { ...before, ...values };
        const touched = Object.fromEntries(
          Object.entries(after).filter(([name, value]) => value !== before[name as keyof typeof before]),
        );
        if (Object.keys(touched).length === 0) return;
        await applyEdits(desk, tx, found, after, context);
        const changes = await auditChanges(desk.crypto, editable, before, touched);
        await leaveFact(tx, context, found, 'edit', { version: found.version + 1, changes });
      });
    } catch (error) {
      if (uniqueViolation(error))
        return context.fail('FAULTY', { problems: [{ path: 'identityNo', message: alreadyHere }] });
      throw error;
    }
    return readPractitioner(desk, context, input.id);
  };

const changePost =
  (desk: PractitionerDesk): Handlers<EditContract>['changePost'] =>
  async (input, context) => {
    const { now } = context;
    await inTransaction(desk.db, async (tx) => {
      const found = await inHand(desk, tx, context, input);
      const [current] = await listPosts(tx, found.id);
      if (!current) throw new Error(`person ${found.id} has no post`);
      if (input.from < current.from_on || input.from > shanghaiDay(now))
        refuse(context, { path: 'from', message: `起始日期须在 ${current.from_on} 和今天之间` });
      if (input.post === found.post) refuse(context, { path: 'post', message: '与现在的岗位相同，请选择另一个岗位' });
      await changePostRow(tx, current.id, { until_on: plusDays(input.from, -1), until_noted_at: now });
      await addPosts(tx, [
        {
          id: uuidv7(now),
          practitioner_id: found.id,
          post: input.post,
          from_on: input.from,
          until_on: null,
          until_noted_at: null,
          entered_at: now,
        },
      ]);
      await changePractitioner(tx, found.id, { post: input.post });
      const [before, after] = [titleIn(posts, found.post), titleIn(posts, input.post)];
      await leaveFact(tx, context, found, 'changePost', {
        changes: [{ field: 'post', title: practitionerFields.post.title, before, after }],
        from: input.from,
      });
    });
    return readPractitioner(desk, context, input.id);
  };

const leave =
  (desk: PractitionerDesk): Handlers<EditContract>['leave'] =>
  async (input, context) => {
    const { now } = context;
    await inTransaction(desk.db, async (tx) => {
      const found = await inHand(desk, tx, context, input);
      const [current] = await listPosts(tx, found.id);
      const from = current && current.from_on > found.since ? current.from_on : found.since;
      if (input.on < from || input.on > shanghaiDay(now))
        refuse(context, { path: 'on', message: `离岗日期须在 ${from} 和今天之间` });
      if (current) await changePostRow(tx, current.id, { until_on: input.on, until_noted_at: now });
      await changePractitioner(tx, found.id, { left_on: input.on, left_noted_at: now, working_person_id: null });
      await leaveFact(tx, context, found, 'leave', { on: input.on });
    });
    return readPractitioner(desk, context, input.id);
  };

/** Handlers of what changes a person at work. Source: tender T2.10. */
export const editHandlers = (desk: PractitionerDesk): Handlers<EditContract> => ({
  edit: edit(desk),
  changePost: changePost(desk),
  leave: leave(desk),
});
