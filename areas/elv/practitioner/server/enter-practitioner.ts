import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import type { Tx } from '#kernel/db/database.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { Organisation } from '#practices/registry/server/organisations.ts';
import type { practitionerContract } from '../model/practitioner.contract.ts';
import { practitionerFields } from '../model/practitioner.fields.ts';
import { type PractitionerValues, readTyped } from '../model/practitioner.values.ts';
import { addIdentities, addPosts, addPractitioner, findIdentities } from './practitioner.store.ts';
import type { PractitionerTable } from './practitioner.tables.ts';
import { mayDo } from './practitioner-access.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';
import { leaveFact } from './practitioner-facts.ts';
import { nameIndex, numberIndex, numberIndexes, sealNumber, sealPerson } from './practitioner-seal.ts';

/** The enterprise for which the asker may enter people: their own. Undefined where they have none, or may not. */
export const ownEnterprise = async (
  { access, organisations, db }: PractitionerDesk,
  { subject }: CallContext,
  verb: 'create' | 'import',
): Promise<Organisation | undefined> => {
  if (subject.organisationId === null) return undefined;
  const found = await organisations.find(db, subject.organisationId);
  const row = found && { id: null, organisation: found.id, district: found.districtCode, owner: subject.id };
  return row && mayDo(access, subject, verb, row) ? found : undefined;
};

/** The row of a person entered now. */
export const rowOf = async (
  { crypto }: Pick<PractitionerDesk, 'crypto'>,
  one: {
    readonly personId: string;
    readonly values: PractitionerValues;
    readonly organisation: Organisation;
    readonly by: string;
    readonly at: Date;
  },
): Promise<PractitionerTable> => {
  const { personId, values, organisation, by, at } = one;
  const id = uuidv7(at);
  const { name, phone, post, since } = values;
  return {
    id,
    person_id: personId,
    working_person_id: personId,
    version: 1,
    organisation_id: organisation.id,
    organisation_name: organisation.name,
    district_code: organisation.districtCode,
    person_sealed: await sealPerson(crypto, id, { name, phone }),
    name_index: await nameIndex(crypto, name),
    post,
    since,
    left_on: null,
    left_noted_at: null,
    entered_by: by,
    entered_at: at,
  };
};

/** Whose number it is; who is not known yet is kept. */
export const personOf = async (
  { crypto }: Pick<PractitionerDesk, 'crypto'>,
  tx: Tx,
  identityNo: string,
  now: Date,
): Promise<string> => {
  const indexes = await numberIndexes(crypto, identityNo);
  const known = [...(await findIdentities(tx, indexes)).values()][0];
  if (known !== undefined) return known;
  const id = uuidv7(now);
  const index = await numberIndex(crypto, identityNo);
  await addIdentities(tx, [{ id, number_index: index, number_sealed: await sealNumber(crypto, id, identityNo) }]);
  // Somebody else may have been faster; what stands under the index is whose number it is.
  return (await findIdentities(tx, [index])).get(index) ?? id;
};

/** What is said where the same person is entered at the enterprise again. */
export const alreadyHere = '这个人已在本企业登记在岗，请查找后修改';

/** Enters one person. Source: tender T2.10. */
export const enterPractitioner =
  (desk: PractitionerDesk): Handlers<typeof practitionerContract>['create'] =>
  async (input, context) => {
    const { db } = desk;
    const { subject, now } = context;
    const organisation = await ownEnterprise(desk, context, 'create');
    if (!organisation) return context.fail('NO_ENTERPRISE');
    const { values, problems } = readTyped(practitionerFields, input.values);
    const future =
      typeof values.since === 'string' && values.since > shanghaiDay(now)
        ? [{ path: 'since', message: '到岗日期不能晚于今天' }]
        : [];
    const all = [...problems, ...future];
    if (all.length > 0) return context.fail('FAULTY', { problems: all });
    // Every field was judged just above.
    const checked = values as unknown as PractitionerValues;
    return inTransaction(db, async (tx) => {
      const personId = await personOf(desk, tx, checked.identityNo, now);
      const row = await rowOf(desk, { personId, values: checked, organisation, by: subject.id, at: now });
      if (!(await addPractitioner(tx, row)))
        return context.fail('FAULTY', { problems: [{ path: 'identityNo', message: alreadyHere }] });
      await addPosts(tx, [
        {
          id: uuidv7(now),
          practitioner_id: row.id,
          post: row.post,
          from_on: row.since,
          until_on: null,
          until_noted_at: null,
          entered_at: now,
        },
      ]);
      await leaveFact(tx, context, row, 'create', {
        organisationId: organisation.id,
        post: row.post,
        since: row.since,
      });
      return { id: row.id };
    });
  };
