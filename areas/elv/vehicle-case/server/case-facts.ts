import { faultsOf } from '#kernel/fields/field.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { viewedStep } from '#kernel/lifecycle/viewed-step.ts';
import { marksOf } from '../model/marks.ts';
import { findPhotoPart } from '../model/photo-parts.ts';
import { sectionWarnings } from '../model/section-warnings.ts';
import { judgeSupervision } from '../model/supervision.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { isSupervised, type VehicleCase } from '../model/vehicle-case.record.ts';
import { slotsOf } from '../model/vehicle-case.slots.ts';
import { type CaseView, type FieldReading, type SectionId, sectionIds } from '../model/vehicle-case.views.ts';
import type { PoliceVehicle } from './answers.ts';
import type { CheckRow } from './check.store.ts';
import { checkViews } from './check-view.ts';
import { compareWithPolice } from './comparison-rows.ts';
import type { PhotoRow } from './photo.store.ts';
import { readingsOf } from './readings.ts';
import type { WholeCase } from './whole-case.store.ts';

const lifecycle = widened(vehicleCase);

/** What a section comes to, whoever looks at it: readings are plain here and masked where they are shown. */
export interface SectionFacts {
  readonly readings: Readonly<Record<string, FieldReading>>;
  readonly faults: CaseView['sections'][number]['faults'];
  readonly warnings: CaseView['sections'][number]['warnings'];
}

/** A photograph as every reader sees it; what they may do with it is added for each. */
export type PhotoFacts = Omit<CaseView['photos'][number], 'removable' | 'viewable' | 'ocr'> & {
  readonly ocrStatus: CaseView['photos'][number]['ocr']['status'];
  readonly ocrMessage: string | null;
};

/** Everything a case comes to by itself on a day, whoever looks at it. */
export interface CaseFacts extends WholeCase {
  readonly sections: Readonly<Record<SectionId, SectionFacts>>;
  readonly slots: CaseView['slots'];
  readonly marks: CaseView['marks'];
  readonly photoFacts: readonly PhotoFacts[];
  readonly checkViews: CaseView['checks'];
  readonly supervision: CaseView['supervision'];
  readonly comparison: CaseView['comparison'];
  readonly timeline: CaseView['timeline'];
}

/** What a section comes to. `today` is `yyyy-MM-dd` in Shanghai. */
export const sectionFactsOf = (
  id: SectionId,
  record: VehicleCase,
  photos: readonly PhotoRow[],
  today: string,
): SectionFacts => ({
  readings: readingsOf(id, photos),
  faults: [...faultsOf(sections[id].fields, record.sections[id])],
  warnings: [...sectionWarnings(id, record, today)],
});

/** A photograph as every reader sees it. */
export const photoFactsOf = (photo: PhotoRow): PhotoFacts => {
  const part = findPhotoPart(photo.part);
  return {
    id: photo.id,
    part: photo.part,
    title: part?.title ?? photo.part,
    section: part?.section ?? 'papers',
    fileName: photo.file_name,
    mediaType: photo.media_type,
    sizeBytes: Number(photo.size_bytes),
    sm3: photo.sm3,
    uploadedAt: photo.uploaded_at.toISOString(),
    operatorName: photo.operator_name,
    deviceTime: photo.device_time?.toISOString() ?? null,
    place: photo.place,
    // Written from this union only.
    ocrStatus: photo.ocr_status as PhotoFacts['ocrStatus'],
    ocrMessage: photo.ocr_message,
  };
};

const supervisionOf = (record: VehicleCase): CaseView['supervision'] => {
  const { supervision, sections: filled } = record;
  const { reasons } = judgeSupervision(
    String(filled.papers.vehicleTypeCode ?? ''),
    String(filled.papers.useNatureCode ?? ''),
  );
  const byPerson = supervision.raised || supervision.lowered;
  const basis = [
    ...reasons.map(({ text }) => text),
    ...(supervision.byPolice ? ['公安标注为监销车'] : []),
    ...(supervision.raised ? ['经办或审核人员升级为监销'] : []),
    ...(supervision.lowered ? ['商务委复核后取消监销'] : []),
  ];
  const supervised = isSupervised({
    supervision: { ...supervision, byRule: supervision.byRule || reasons.length > 0 },
  });
  return { supervised, basis, decidedBy: byPerson ? 'person' : supervision.byPolice ? 'police' : 'rule' };
};

const comparisonOf = (
  record: VehicleCase,
  checks: readonly CheckRow[],
  readings: Readonly<Record<SectionId, SectionFacts>>,
): CaseView['comparison'] => {
  const check = checks.find(({ kind }) => kind === 'vehicle-status');
  if (check?.status !== 'answered' || !check.answer || !check.answeredAt) return null;
  const reads = Object.fromEntries(
    sectionIds.flatMap((id) =>
      Object.entries(readings[id].readings).map(([name, { value, photoId }]) => [`${id}.${name}`, { value, photoId }]),
    ),
  );
  // Checked against the exchange's schema when it came in.
  const rows = compareWithPolice(record, check.answer as PoliceVehicle, reads);
  return {
    asOf: check.answeredAt.toISOString(),
    differing: rows.filter(({ verdict }) => verdict !== 'equal').length,
    rows: [...rows],
  };
};

const timelineOf = ({ steps }: WholeCase, verified: ReadonlyMap<number, boolean>): CaseView['timeline'] =>
  steps.map((step) => viewedStep(lifecycle, step, verified));

/** Works everything out. `verified` tells of each signed step whether it is whole and its signature the signer's; `today` is `yyyy-MM-dd` in Shanghai. */
export const caseFactsOf = (whole: WholeCase, verified: ReadonlyMap<number, boolean>, today: string): CaseFacts => {
  const { photos, checks, sent } = whole;
  const { record } = whole.loaded.snapshot;
  // Every section id is visited.
  const facts = Object.fromEntries(
    sectionIds.map((id) => [id, sectionFactsOf(id, record, photos, today)]),
  ) as CaseFacts['sections'];
  return {
    ...whole,
    sections: facts,
    slots: sectionIds.flatMap((id) => slotsOf(record, id)),
    marks: [...marksOf(record)],
    photoFacts: photos.map(photoFactsOf),
    checkViews: [...checkViews(record, checks, sent)],
    supervision: supervisionOf(record),
    comparison: comparisonOf(record, checks, facts),
    timeline: timelineOf(whole, verified),
  };
};
