import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { passes } from '#kernel/access/predicate.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { stepActorOf, takeStep } from '#kernel/lifecycle/take-step.ts';
import type {
  conductContract,
  conductStepContract,
  conductStepInput,
  conductStepOutput,
} from '../model/conduct.contract.ts';
import { conductInput } from '../model/conduct.fields.ts';
import { type ConductRecord, conduct } from '../model/conduct.lifecycle.ts';
import { addConduct, findByKey } from './conduct.store.ts';
import { timeFault } from './conduct-flow.ts';
import { findPractitioner } from './practitioner.store.ts';
import { conductAccessRowOf } from './practitioner-access.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';

const lifecycle = widened(conduct);

/** The form names its fields by themselves. */
const inForm = (path: string): string => path.replace(/^input\./, '');

/** Puts down what a person did: the record is made and signed in one transaction, or nothing is. Source: tender T2.10. */
const record =
  (desk: PractitionerDesk): Handlers<typeof conductContract>['record'] =>
  async ({ id: practitionerId, key, values }, context) => {
    const { db, access, engine } = desk;
    const { subject, now, traceId } = context;
    const person = await findPractitioner(db, practitionerId, access.rowFilter(subject, `${conduct.id}:record`));
    if (!person) throw notFound();
    const parsed = conductInput.safeParse(values);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      return context.fail('REFUSED', { problems });
    }
    const fault = timeFault(person, parsed.data.occurredOn, now);
    if (fault) return context.fail('REFUSED', { problems: [{ path: 'occurredOn', message: fault.message }] });
    return inTransaction(db, async (tx) => {
      const id = uuidv7(now);
      const empty: ConductRecord = { facts: parsed.data, original: null, statement: null, decision: null };
      const made = await addConduct(tx, desk.crypto, {
        id,
        practitioner_id: practitionerId,
        entry_key: key,
        organisation_id: person.organisation_id,
        district_code: person.district_code,
        recorded_by: subject.id,
        at: now,
        record: empty,
      });
      if (!made) return (await findByKey(tx, practitionerId, key)) ?? { id };
      const result = await engine.performIn(tx, {
        caseId: id,
        action: 'record',
        input: parsed.data,
        expectedVersion: undefined,
        stepKey: randomUUID(),
        actor: stepActorOf(context),
        traceId,
        mayAct: () => true,
      });
      if (result.outcome === 'done') return { id };
      const refusals = result.outcome === 'refused' ? result.refusals : [];
      const problems = refusals.map(({ path, message }) => ({ path: inForm(path), message }));
      return context.fail('REFUSED', { problems });
    });
  };

const perform =
  (desk: PractitionerDesk, action: string) =>
  async (
    input: z.output<typeof conductStepInput>,
    context: CallContext<'REFUSED' | 'STALE'>,
  ): Promise<z.output<typeof conductStepOutput>> => {
    const rows = desk.access.rowFilter(context.subject, `${lifecycle.id}:${action}`);
    const { snapshot, stateTitle } = await takeStep(
      { ...desk, lifecycle, pathOf: inForm },
      action,
      input,
      context,
      ({ row }) => passes(rows, conductAccessRowOf(row)),
    );
    return { state: snapshot.state, stateTitle, version: snapshot.version };
  };

/** Handlers of putting conduct down. */
export const conductHandlers = (desk: PractitionerDesk): Handlers<typeof conductContract> => ({ record: record(desk) });

/** One handler for every step of the contract, all of them the same. */
export const conductStepHandlers = (
  desk: PractitionerDesk,
  contract: typeof conductStepContract,
): Handlers<typeof conductStepContract> =>
  Object.fromEntries(Object.keys(contract).map((action) => [action, perform(desk, action)])) as unknown as Handlers<
    typeof conductStepContract
  >;
