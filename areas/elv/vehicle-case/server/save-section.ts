import { auditChanges } from '#kernel/audit/changes.ts';
import { appendFact, latestFactsOf } from '#kernel/audit/trail.store.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handler } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { readChanges } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import { askQuestions } from './asking.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { sectionFactsOf } from './case-facts.ts';
import { mayEdit, sectionViewOf } from './case-view.ts';
import { lockCase, saveRecord } from './vehicle-case.store.ts';

const same = (a: unknown, b: unknown): boolean => {
  const blank = (value: unknown): unknown => (value === undefined || value === '' ? null : value);
  return JSON.stringify(blank(a)) === JSON.stringify(blank(b));
};

/** The audit entry of a change outside a step; `detail` never holds a sealed value. */
export const leaveChangeFact = (
  tx: Parameters<typeof appendFact>[0],
  context: CallContext,
  caseId: string,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: context.now,
    kind: 'operation',
    action,
    actor: {
      id: context.subject.id,
      name: context.subject.name,
      organisationId: context.subject.organisationId,
      ip: context.ip,
    },
    object: { type: vehicleCase.id, id: caseId },
    outcome: 'done',
    detail,
    traceId: context.traceId,
  });

const savingAction = 'elv.vehicle-case.saveSection';
/** How many savings are looked back through for who changed a field; what lies further back did not happen just now. */
const savingsLookedAt = 30;

/** Who last changed each field of a section by hand; null where that was nobody lately. */
const changedBy = async (tx: Tx, caseId: string, section: string): Promise<(field: string) => string | null> => {
  const facts = await latestFactsOf(tx, { type: vehicleCase.id, id: caseId }, savingAction, savingsLookedAt);
  return (field) =>
    facts.find(
      ({ detail }) => detail.section === section && Array.isArray(detail.fields) && detail.fields.includes(field),
    )?.actor.name ?? null;
};

/**
 * Saves changed fields of a section. Each change tells what stood there when the person began: fields somebody else changed
 * meanwhile are refused together, with what stands there now; everything else is merged. Source: issue “nothing typed is lost”.
 */
export const saveSection =
  (desk: CaseDesk): Handler<(typeof vehicleCaseContract)['saveSection']> =>
  async (input, context) => {
    const { section: id } = input;
    const { fields } = sections[id];
    const { values, faults } = readChanges(
      fields,
      Object.fromEntries(Object.entries(input.changes).map(([name, { now }]) => [name, now])),
    );
    if (faults.length > 0) {
      const problems = faults.map(({ field, message }) => ({ path: `${id}.${field}`, message }));
      return context.fail('BAD_VALUE', { message: problems.map(({ message }) => message).join('；'), problems });
    }
    const result = await inTransaction(desk.db, async (tx) => {
      const rows = desk.access.rowFilter(context.subject, 'elv.vehicle-case:edit');
      const loaded = await lockCase(tx, desk.crypto, input.id, rows);
      if (!loaded) throw notFound();
      const { row, snapshot } = loaded;
      if (!mayEdit(desk.access, context.subject, snapshot, accessRowOf(row), id)) return context.fail('NOT_EDITABLE');
      // What the person may not see plain is not told by a conflict or a reply either.
      const view = desk.access.fieldViews(context.subject, 'elv.vehicle-case:read', accessRowOf(row));
      const before = snapshot.record.sections[id];
      const clashes = Object.entries(input.changes).filter(
        ([name, { was }]) => !same(before[name], was) && !same(before[name], values[name]),
      );
      if (clashes.length > 0) {
        const by = await changedBy(tx, input.id, id);
        const problems = clashes.map(([name]) => ({
          path: `${id}.${name}`,
          message: `${fields[name]?.title ?? name}刚被${by(name) ?? '他人'}修改`,
        }));
        return context.fail('CONFLICT', {
          problems,
          detail: {
            current: Object.fromEntries(
              clashes.map(([name]) => {
                const field = fields[name];
                return [name, (field && shownValue(field, before[name], view(`${id}.${name}`))) ?? null];
              }),
            ),
            by: Object.fromEntries(clashes.map(([name]) => [name, by(name)])),
            version: snapshot.version,
          },
        });
      }
      const record: VehicleCase = {
        ...snapshot.record,
        sections: { ...snapshot.record.sections, [id]: { ...before, ...values } },
      };
      const version = snapshot.version + 1;
      const changes = await auditChanges(desk.crypto, fields, before, values);
      const told = { section: id, fields: Object.keys(values).sort(), version, changes };
      await Promise.all([
        saveRecord(tx, desk.crypto, input.id, record, version),
        leaveChangeFact(tx, context, input.id, savingAction, told),
      ]);
      const asked = await askQuestions(
        desk.outbox,
        {
          tx,
          crypto: desk.crypto,
          caseId: input.id,
          caseNo: row.case_no,
          record,
          checks: loaded.beside.checks,
          enterpriseCode: row.enterprise_code,
          now: context.now,
          traceId: context.traceId,
        },
        'new',
      );
      return { version, record, view, asked };
    });
    if (result.asked > 0) desk.nudge();
    const today = shanghaiDay(context.now);
    const facts = sectionFactsOf(id, result.record, [], today);
    const shown = sectionViewOf(id, result.record.sections[id], facts, result.view, true);
    return { version: result.version, values: shown.values, faults: shown.faults, warnings: shown.warnings };
  };
