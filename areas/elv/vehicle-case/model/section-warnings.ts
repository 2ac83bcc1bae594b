import { isShown } from '#kernel/fields/field.ts';
import { doubtsOf } from '#practices/vehicle/model/checked.ts';
import { mandatoryScrapDate, scrappingLimit } from '#practices/vehicle/model/mandatory-scrapping.ts';
import { papersFields } from './papers.fields.ts';
import { sections } from './vehicle-case.fields.ts';
import type { VehicleCaseRecord } from './vehicle-case.record.ts';
import type { SectionId } from './vehicle-case.views.ts';

/** A doubt about a field that is shown and blocks nothing. */
export interface SectionWarning {
  readonly field: string;
  readonly message: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const dayIn = (value: unknown): string | undefined => papersFields.registrationDate.schema.safeParse(value).data;

/** What the age limit says about the papers; a vehicle without one is scrapped by force for other reasons, so no doubt. */
const scrappingWarnings = ({ papers }: VehicleCaseRecord['sections'], today: string): readonly SectionWarning[] => {
  const vehicleTypeCode = text(papers.vehicleTypeCode);
  const useNatureCode = text(papers.useNatureCode);
  const registrationDate = isShown(papersFields.registrationDate, papers) ? dayIn(papers.registrationDate) : undefined;
  if (registrationDate === undefined) return [];
  const due = mandatoryScrapDate({ vehicleTypeCode, useNatureCode, registrationDate });
  const limit = scrappingLimit(vehicleTypeCode, useNatureCode);
  if (typeof due !== 'string' || !limit) return [];
  const by = `按“${limit.category}”${limit.years} 年推算，强制报废期止为 ${due}${limit.certain ? '' : '（从严推定）'}`;
  const entered = dayIn(papers.mandatoryScrapDate);
  const warnings: SectionWarning[] = [];
  if (entered !== undefined && entered !== due) {
    warnings.push({ field: 'mandatoryScrapDate', message: `${by}，与填写的不同，请对照行驶证副页核对` });
  }
  if (papers.scrapReason === 'mandatory' && due > today) {
    warnings.push({ field: 'scrapReason', message: `${by}，尚未到期，请核对是否属于检验、排放等其他强制报废情形` });
  }
  return warnings;
};

/**
 * Every doubt about a section as filled, in field order for what validators doubt, the age limit after them. `today` is
 * `yyyy-MM-dd` in Shanghai. Source: domain 0.7, 2.4, 2.7; GB 16735; GB/T 34014-2017.
 */
export const sectionWarnings = (
  id: SectionId,
  record: Pick<VehicleCaseRecord, 'sections'>,
  today: string,
): readonly SectionWarning[] => {
  const draft = record.sections[id];
  const doubts = Object.entries(sections[id].fields)
    .filter(([, field]) => isShown(field, draft))
    .flatMap(([field, { schema }]) => doubtsOf(schema, draft[field]).map((message) => ({ field, message })));
  return id === 'papers' ? [...doubts, ...scrappingWarnings(record.sections, today)] : doubts;
};
