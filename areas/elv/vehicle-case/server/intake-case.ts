import { standingRefusals } from '#kernel/lifecycle/decide.ts';
import { editableIn, getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { IntakeCase } from '../model/intake.contract.ts';
import { toldReason } from '../model/told-reason.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { HoldCode, SectionId } from '../model/vehicle-case.views.ts';
import type { CaseFacts } from './case-facts.ts';

const lifecycle = widened(vehicleCase);

/** Throwing a draft away, asserting another vehicle and dropping that are no steps ahead. */
const notAhead: readonly string[] = ['discard', 'requestIdentity', 'dropIdentity'];

/** The step the enterprise's people take from a state; undefined where others have the case. */
export const nextOf = (state: string): string | undefined =>
  Object.entries(lifecycle.actions).find(
    ([name, { by, from, to }]) =>
      by === 'dismantler' && to !== 'stay' && !notAhead.includes(name) && from.includes(state),
  )?.[0];

/** A case as the enterprise's own system may see it. */
export const intakeCaseOf = (facts: CaseFacts, now: Date): IntakeCase => {
  const { row, snapshot } = facts.loaded;
  const { state, record } = snapshot;
  const { title: stateTitle, kind: stateKind } = getState(lifecycle, state);
  const next = nextOf(state);
  // Both are named by the lifecycle's own sections and holds only.
  const editable = editableIn(lifecycle, snapshot) as readonly SectionId[];
  const holds = snapshot.holds.map((code) => ({ code: code as HoldCode, title: lifecycle.holds[code]?.title ?? code }));
  return {
    id: row.id,
    caseNo: row.case_no,
    reference: facts.reference,
    version: row.version,
    round: row.round,
    state,
    stateTitle,
    stateKind,
    stateSince: row.state_since.toISOString(),
    holds,
    returnReason: toldReason(record.returnReason),
    editable: [...editable],
    next: next === undefined ? null : { action: next, title: lifecycle.actions[next]?.title ?? next },
    missing:
      next === undefined
        ? []
        : standingRefusals(lifecycle, snapshot, next, now).map(({ path, message }) => ({ path, message })),
    photos: facts.slots
      .filter(({ section }) => editable.includes(section))
      .map(({ part, title, section, required }) => ({
        part,
        title,
        section,
        required,
        present: facts.photoFacts.filter((photo) => photo.part === part).length,
      })),
    checks: facts.checkViews.map(({ kind, title, status, verdict }) => ({ kind, title, status, verdict })),
    certificate: record.certificate && {
      certificateNo: record.certificate.certificateNo,
      issuedOn: record.certificate.issuedOn,
    },
    deregistration: record.deregistrationCertificate && {
      certificateNo: record.deregistrationCertificate.certificateNo,
      issuedOn: record.deregistrationCertificate.issuedOn,
    },
  };
};
