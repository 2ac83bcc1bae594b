import { type FieldFault, type Fields, faultsOf } from '#kernel/fields/field.ts';
import { agentFields } from '../../vehicle-case/model/agent.fields.ts';
import { ownerFields } from '../../vehicle-case/model/owner.fields.ts';
import { papersFields } from '../../vehicle-case/model/papers.fields.ts';
import type { ApplicationRecord, ApplyingAs } from './citizen-application.record.ts';

/** The sections an application has, of the vehicle case's. */
export type ApplicationSection = keyof ApplicationRecord['sections'];

const { plateNo, plateTypeCode, vin, brandModel, papersMissing, scrapReason } = papersFields;
const { ownerName, ownerIdentityNo, ownerPhone, ownerAddress } = ownerFields;
const { agentPhone } = agentFields;

/** What a citizen is asked of the vehicle; the rest of its papers the enterprise reads off them. */
const askedOfVehicle: Fields = {
  plateNo,
  plateTypeCode,
  vin,
  brandModel,
  scrapReason,
  papersMissing,
};

const asked: Readonly<Record<ApplyingAs, Readonly<Record<ApplicationSection, Fields>>>> = {
  // Who they are is known from the sign-in.
  owner: { papers: askedOfVehicle, owner: { ownerPhone, ownerAddress }, agent: {} },
  agent: { papers: askedOfVehicle, owner: { ownerName, ownerIdentityNo, ownerPhone }, agent: { agentPhone } },
};

/** What is filled in by hand, by section. */
export const askedFields = (as: ApplyingAs | null): Readonly<Record<ApplicationSection, Fields>> =>
  asked[as ?? 'owner'];

/** What must still be filled in or mended, by section and field. */
export const applicationFaults = ({
  as,
  sections,
}: Pick<ApplicationRecord, 'as' | 'sections'>): readonly (FieldFault & { readonly section: ApplicationSection })[] =>
  Object.entries(askedFields(as)).flatMap(([section, fields]) => {
    // The keys are those of the sections.
    const name = section as ApplicationSection;
    return faultsOf(fields, sections[name]).map((fault) => ({ ...fault, section: name }));
  });
