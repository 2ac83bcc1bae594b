import { canonical } from '#kernel/audit/canonical.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { oneByOne } from '#kernel/db/dialect/postgres.ts';
import { type AnyDraft, readChanges } from '#kernel/fields/field.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { intakeContract } from '../model/intake.contract.ts';
import type { CaseToOpen, OpeningFor } from '../model/opening.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { emptyRecord } from '../model/vehicle-case.record.ts';
import type { CaseDesk } from './case-desk.ts';
import { addReference, type CaseReference, findReference } from './case-reference.store.ts';
import { listChanged, numberAt } from './changed-case.store.ts';
import { intakeCaseOf } from './intake-case.ts';
import { openingMany } from './opening-many.ts';
import { type LookAgain, photoHandlers } from './photo.handlers.ts';
import { saveSection } from './save-section.ts';

type Contract = typeof intakeContract;
type Opening = Parameters<Handlers<Contract>['open']>[0];

const lifecycle = widened(vehicleCase);
const read = 'elv.vehicle-case:read';
const filled = ['papers', 'owner', 'agent'] as const;

/** For whom a system drafts. Errors: throws where the system has no enterprise, which registering does not allow. */
const openingFor = ({ subject, ip, now, traceId }: CallContext): OpeningFor => {
  const { organisationId, organisationName, organisationCode, districtCode } = subject;
  if (organisationId === null || organisationName === null || organisationCode === null)
    throw new Failure(403, 'NO_ORGANISATION', '系统没有所属企业，不能报送，请联系企业管理员');
  return {
    personId: subject.id,
    personName: subject.name,
    ip,
    enterpriseId: organisationId,
    enterpriseName: organisationName,
    enterpriseCode: organisationCode,
    districtCode,
    now,
    traceId,
  };
};

/** What is to be filled, or everything wrong with it at once. */
const contentOf = ({ sections: given, registeredWithPolice }: Opening, context: CallContext<'BAD_VALUE'>) => {
  const start = emptyRecord(registeredWithPolice).sections;
  const problems: { path: string; message: string }[] = [];
  const content = Object.fromEntries(
    filled.map((id): [string, AnyDraft] => {
      const { values, faults } = readChanges(sections[id].fields, given[id] ?? {});
      problems.push(...faults.map(({ field, message }) => ({ path: `${id}.${field}`, message })));
      return [id, { ...start[id], ...values }];
    }),
    // Every one of them was visited.
  ) as CaseToOpen['sections'];
  if (problems.length > 0)
    return context.fail('BAD_VALUE', { message: problems.map(({ message }) => message).join('；'), problems });
  return content;
};

const open = (desk: CaseDesk): Handlers<Contract>['open'] => {
  const { db, crypto } = desk;
  const opening = openingMany(desk);
  return async (input, context) => {
    const by = openingFor(context);
    const { reference } = input;
    const content = contentOf(input, context);
    const { registeredWithPolice, sections: sent } = input;
    // Of what was sent, since what a case begins with may change. Keyed: names and numbers could be found by trying from a bare digest.
    const digest = await crypto.hmac('intake-content', canonical({ registeredWithPolice, sections: sent }));
    const answer = ({ caseId: id, caseNo, digest: first }: CaseReference) => {
      if (first === digest) return { id, caseNo, reference };
      const message = `业务编号 ${reference} 已报送过案卷 ${caseNo}，这次的内容与首次不同；要补充或更正，请调用填写接口，另一辆车请换业务编号`;
      return context.fail('REFERENCE_TAKEN', { message, detail: { id, caseNo } });
    };
    const before = await findReference(db, by.enterpriseId, reference);
    if (before) return answer(before);
    const vin = typeof content.papers.vin === 'string' ? content.papers.vin : '';
    const [caseNo = ''] = await opening.numbers(db, context.now, 1);
    const opened = await inTransaction(db, async (tx) => {
      // Two drafts of one vehicle are judged one after the other, whatever their numbers.
      if (vin !== '') await oneByOne(tx, `intake:${by.enterpriseId}:${vin}`);
      const message = await opening.obstacle(tx, by.enterpriseId, context.now);
      // The same draft sent twice at once opened the case meanwhile: that is the answer, not a second vehicle in hand.
      const meanwhile = await findReference(tx, by.enterpriseId, reference);
      if (meanwhile) return meanwhile;
      if (message !== null) return context.fail('NOT_ACCEPTING', { message });
      const inHand = vin === '' ? undefined : (await opening.inHand(tx, by.enterpriseId, [vin])).get(vin);
      if (inHand !== undefined) {
        const told = `本企业已有这辆车的在办案卷 ${inHand}，请勿重复报送`;
        return context.fail('IN_HAND', { message: told, problems: [{ path: 'papers.vin', message: told }] });
      }
      const key = `i:${(await crypto.hmac('intake-reference', `${by.enterpriseId}:${reference}`)).slice(0, 60)}`;
      const told = { reference, system: context.subject.id };
      const [made] = await opening.open(tx, by, [{ key, caseNo, sections: content, told }]);
      if (!made) return undefined;
      await addReference(tx, { enterpriseId: by.enterpriseId, reference, caseId: made.id, digest });
      return { caseId: made.id, caseNo, digest };
    });
    desk.nudge();
    // The same draft at the same moment: the key let one through, whose case this is.
    const standing = opened ?? (await findReference(db, by.enterpriseId, reference));
    if (!standing) throw new Error(`no case stands under ${reference}`);
    return answer(standing);
  };
};

/** The number a system goes on behind. Before there were numbers a place was a moment and a case, and such places are still kept by systems. */
const placeOf = (db: Db, enterpriseId: string, after: string): number | Promise<number> => {
  const at = after.indexOf('-');
  if (at < 0) return Number(after);
  return numberAt(db, enterpriseId, new Date(Number(after.slice(0, at))), after.slice(at + 1));
};

const changes =
  ({ db, access }: CaseDesk): Handlers<Contract>['changes'] =>
  async ({ after, size }, context) => {
    const { subject } = context;
    const enterpriseId = subject.organisationId ?? '';
    const found = await listChanged(db, {
      enterpriseId,
      rows: access.rowFilter(subject, read),
      after: after === undefined ? 0 : await placeOf(db, enterpriseId, after),
      limit: size + 1,
    });
    const rows = found.slice(0, size);
    const last = rows.at(-1);
    return {
      cases: rows.map(({ id, case_no: caseNo, reference, state, state_since: since }) => {
        const { title: stateTitle, kind: stateKind } = getState(lifecycle, state);
        return { id, caseNo, reference, state, stateTitle, stateKind, stateSince: since.toISOString() };
      }),
      next: last ? String(last.change_no) : (after ?? null),
      more: found.length > size,
    };
  };

/** Handlers of what an enterprise's own system does; saving and photographs are the desk's own. Source: tender R01, R03, R06. */
export const intakeHandlers = (desk: CaseDesk, lookAgain: LookAgain): Handlers<Contract> => {
  const save = saveSection(desk);
  const { addPhoto } = photoHandlers(desk, lookAgain);
  return {
    open: open(desk),
    save,
    photograph: ({ fileName = '', ...input }, context) =>
      addPhoto(
        { ...input, takenBy: undefined },
        { ...context, file: context.file && { ...context.file, name: fileName } },
      ),
    read: async ({ id }, context) => {
      const { subject, now } = context;
      const facts = await desk.cases.find(id, desk.access.rowFilter(subject, read), now);
      return facts ? intakeCaseOf(facts, now) : context.fail('NOT_FOUND');
    },
    changes: changes(desk),
  };
};
