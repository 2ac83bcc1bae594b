import { passes } from '#kernel/access/predicate.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { standingRefusals } from '#kernel/lifecycle/decide.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { listSteps, type Step } from '#kernel/lifecycle/step.store.ts';
import { verifiedSteps } from '#kernel/lifecycle/verified-steps.ts';
import { viewedStep } from '#kernel/lifecycle/viewed-step.ts';
import { type ConductFacts, conductKinds, natureOf } from '../model/conduct.fields.ts';
import { type ConductAction, type ConductRecord, conduct } from '../model/conduct.lifecycle.ts';
import { titleIn } from '../model/practitioner.fields.ts';
import type { ConductView } from '../model/practitioner.views.ts';
import { type FoundConduct, listConducts } from './conduct.store.ts';
import type { PractitionerTable } from './practitioner.tables.ts';
import { accessRowOf, conductAccessRowOf, viewsOf } from './practitioner-access.ts';
import type { Days, PractitionerDesk } from './practitioner-desk.ts';
import { digestOfWords } from './practitioner-seal.ts';

const lifecycle = widened(conduct);

type Reader = Pick<CallContext, 'subject' | 'now'>;

const tones: Readonly<Record<ConductAction, ConductView['abilities'][number]['tone']>> = {
  record: 'primary',
  object: 'primary',
  keep: 'primary',
  correct: 'plain',
  strike: 'danger',
};

const abilitiesOf = (
  { access }: PractitionerDesk,
  { subject, now }: Reader,
  found: FoundConduct,
  steps: readonly Step[],
): ConductView['abilities'] => {
  const row = conductAccessRowOf(found.row);
  return Object.entries(lifecycle.actions).flatMap(([action, definition]) => {
    if (!definition.from.includes(found.state)) return [];
    if (!passes(access.rowFilter(subject, `${lifecycle.id}:${action}`), row)) return [];
    const acted = steps.some((step) => step.actorId === subject.id && definition.apartFrom?.includes(step.action));
    const missing = [
      ...standingRefusals(lifecycle, found, action, now),
      ...(acted ? [{ path: '', message: '这条记录是您记录的，异议须由其他人员处理' }] : []),
    ];
    return [
      {
        action,
        title: definition.title,
        ready: missing.length === 0,
        missing: missing.map(({ path, message }) => ({ path, message })),
        consequence: definition.consequence ?? null,
        input: action === 'correct' ? ('form' as const) : ('reason' as const),
        // Keys of the definition are its own names.
        tone: tones[action as ConductAction],
      },
    ];
  });
};

/** The free words of a step as the record has them. */
const wordsOf = ({ action }: Step, { facts, original, statement, decision }: ConductRecord) => {
  if (action === 'record') return { reason: null, text: (original ?? facts).text };
  if (action === 'object') return { reason: statement, text: null };
  return { reason: decision, text: action === 'correct' ? facts.text : null };
};

/** Whether words are those a step's digest was made of; a step without one says nothing of them. */
const isDigestOf = async ({ crypto }: PractitionerDesk, digest: unknown, words: string | null): Promise<boolean> =>
  digest === undefined || (words !== null && digest === (await digestOfWords(crypto, words)));

const timelineOf = async (
  desk: PractitionerDesk,
  id: string,
  { steps, record }: { readonly steps: readonly Step[]; readonly record: ConductRecord },
  plain: boolean,
): Promise<ConductView['timeline']> => {
  const found = await verifiedSteps(desk, lifecycle.id, id, steps);
  const shown = async (step: Step) => {
    const one = viewedStep(lifecycle, step, found);
    // The words stand in the record; steps of before they were sealed have them themselves.
    const { reason, text } = wordsOf(step, record);
    const same =
      (await isDigestOf(desk, step.input.reasonDigest, reason)) &&
      (await isDigestOf(desk, step.input.textDigest, text));
    const said = one.reason ?? reason;
    return { ...one, verified: same ? one.verified : false, reason: plain ? said : null };
  };
  return Promise.all(steps.map(shown));
};

const viewOf = async (
  desk: PractitionerDesk,
  context: Reader,
  found: FoundConduct,
  plain: boolean,
): Promise<ConductView> => {
  const { row, record, state } = found;
  const factsOf = (facts: ConductFacts) => ({ ...facts, text: plain ? facts.text : null });
  const steps = await listSteps(desk.db, lifecycle.id, row.id);
  const { title, kind } = getState(lifecycle, state);
  const deadlineAt = kind === 'final' ? null : row.deadline_at;
  return {
    id: row.id,
    version: found.version,
    state,
    stateTitle: title,
    nature: natureOf(record.facts.kind),
    facts: factsOf(record.facts),
    kindTitle: titleIn(conductKinds, record.facts.kind),
    original:
      record.original && plain
        ? { ...factsOf(record.original), kindTitle: titleIn(conductKinds, record.original.kind) }
        : null,
    statement: plain ? record.statement : null,
    decision: plain ? record.decision : null,
    deadlineAt: deadlineAt?.toISOString() ?? null,
    overdue: deadlineAt !== null && deadlineAt < context.now,
    abilities: abilitiesOf(desk, context, found, steps),
    timeline: await timelineOf(desk, row.id, { steps, record }, plain),
  };
};

/** The conduct records of a person as this reader may see them. */
export const conductViewsOf = async (
  desk: PractitionerDesk,
  context: Reader,
  person: PractitionerTable,
  { usedSince }: Days,
): Promise<ConductView[]> => {
  const found = await listConducts(desk.db, desk.crypto, person.id, usedSince);
  // Free words may name anybody; whoever sees people masked is not shown them.
  const plain = viewsOf(desk.access, context.subject, accessRowOf(person))('conductText') === 'plain';
  return Promise.all(found.map((one) => viewOf(desk, context, one, plain)));
};
