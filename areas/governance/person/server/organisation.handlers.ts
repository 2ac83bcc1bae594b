import type { Subject } from '#kernel/access/access.ts';
import { passes } from '#kernel/access/predicate.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { type AnyDraft, type FieldFault, faultsOf, readChanges } from '#kernel/fields/field.ts';
import type { OrganisationView, organisationContract } from '../model/organisation.contract.ts';
import { type OrganisationField, organisationFields, organisationKinds } from '../model/organisation.fields.ts';
import {
  addOrganisation,
  countPeople,
  listOrganisations,
  lockOrganisation,
  type PersonOrganisation,
  writeOrganisation,
} from './organisation.store.ts';
import { type PersonParts, personFact } from './person.parts.ts';

const fieldNames = Object.keys(organisationFields) as readonly OrganisationField[];
const codeTaken: FieldFault = { field: 'creditCode', message: '这个统一社会信用代码已登记过，请先在列表中查找核对' };
const outside: FieldFault = { field: 'districtCode', message: '这个区不在您的权限范围内' };
const inUse: FieldFault = { field: 'kind', message: '已有人员的单位不能更改类别' };

const refuse = (context: CallContext<'FAULTY'>, faults: readonly FieldFault[]): void => {
  if (faults.length === 0) return;
  context.fail('FAULTY', { problems: faults.map(({ field, message }) => ({ path: field, message })) });
};

/** The organisation with what was typed, every fault told at once. */
const read = (
  { access, rolesOfKind }: PersonParts,
  before: PersonOrganisation,
  typed: AnyDraft,
  verb: 'register' | 'correct',
  context: CallContext<'FAULTY'>,
): PersonOrganisation => {
  const { values, faults } = readChanges(organisationFields, typed);
  const whole = { ...before, ...values };
  const told = new Set(faults.map(({ field }) => field));
  const missing = faultsOf(organisationFields, whole).filter(({ field }) => !told.has(field));
  const unknown = whole.kind && !Object.hasOwn(rolesOfKind, whole.kind) && !told.has('kind');
  refuse(context, [...faults, ...missing, ...(unknown ? [{ field: 'kind', message: '没有这个单位类别' }] : [])]);
  const rows = access.rowFilter(context.subject, `governance.organisation:${verb}`);
  if (!passes(rows, rowOf(whole, context.subject))) refuse(context, [outside]);
  return whole;
};

const rowOf = ({ id, districtCode }: PersonOrganisation, { id: owner }: Subject) => ({
  id,
  organisation: id,
  district: districtCode,
  owner,
});

const viewOf = (one: PersonOrganisation, people: number): OrganisationView => ({
  ...one,
  kindTitle: organisationKinds[one.kind] ?? one.kind,
  people,
});

const factOf = (context: CallContext, verb: string, id: string, changes: object) => ({
  ...personFact(context, verb, id, { changes }),
  action: `governance.organisation.${verb}`,
  object: { type: 'governance.organisation', id },
});

const differences = (before: Readonly<Partial<PersonOrganisation>>, after: PersonOrganisation) =>
  Object.fromEntries(
    fieldNames
      .filter((name) => before[name] !== after[name])
      .map((name) => [name, { was: before[name] ?? null, now: after[name] }]),
  );

/** Handlers of the organisations people are entered for. Source: tender R42. */
export const organisationHandlers = (parts: PersonParts): Handlers<typeof organisationContract> => {
  const { db, access } = parts;
  return {
    list: async ({ q = '', page, size }, { subject }) => {
      const rows = access.rowFilter(subject, 'governance.organisation:read');
      const all = (await listOrganisations(db)).filter(
        (one) =>
          passes(rows, rowOf(one, subject)) && (one.name.includes(q) || one.creditCode.includes(q.toUpperCase())),
      );
      const shown = all.slice((page - 1) * size, page * size);
      const people = await countPeople(
        db,
        shown.map(({ id }) => id),
      );
      return { rows: shown.map((one) => viewOf(one, people.get(one.id) ?? 0)), total: all.length };
    },
    register: async ({ values }, context) => {
      const id = uuidv7(context.now);
      const blank = { id, name: '', creditCode: '', districtCode: '', kind: '' };
      const made = read(parts, blank, values, 'register', context);
      await inTransaction(db, async (tx) => {
        if (!(await addOrganisation(tx, made))) refuse(context, [codeTaken]);
        await appendFact(tx, factOf(context, 'register', id, differences({}, made)));
      });
      return viewOf(made, 0);
    },
    correct: async ({ organisationId, was, changes }, context) =>
      inTransaction(db, async (tx) => {
        const before = await lockOrganisation(tx, organisationId);
        const rows = access.rowFilter(context.subject, 'governance.organisation:correct');
        if (!before || !passes(rows, rowOf(before, context.subject))) return context.fail('NOT_FOUND');
        const seen = fieldNames.filter((name) => Object.hasOwn(was, name));
        if (seen.some((name) => was[name] !== before[name])) context.fail('CHANGED');
        const after = read(parts, before, changes, 'correct', context);
        const people = (await countPeople(tx, [before.id])).get(before.id) ?? 0;
        const different = differences(before, after);
        if (different.kind && people > 0) refuse(context, [inUse]);
        if (Object.keys(different).length > 0) {
          if (!(await writeOrganisation(tx, after))) refuse(context, [codeTaken]);
          await appendFact(tx, factOf(context, 'correct', before.id, different));
        }
        return viewOf(after, people);
      }),
  };
};
