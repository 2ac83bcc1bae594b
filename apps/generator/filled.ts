import { fillingOf } from '#apps/server/demo/filling.ts';
import { turnOf } from '#apps/server/demo/walk.ts';
import type { Papers, Party } from '#apps/simulators/register/vehicle.ts';
import type { VehicleCaseRecord } from '#areas/elv/vehicle-case/model/vehicle-case.record.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Life, LivedStep } from './life.ts';

/** The sections that are filled before a step, by whoever takes it. */
export const filledBefore = ({ from, action }: Pick<LivedStep, 'from' | 'action'>): readonly SectionId[] => {
  const turn = turnOf(from);
  return turn?.action === action ? turn.fills : [];
};

const sceneOf = ({ papers, owner }: VehicleCaseRecord['sections'], now: Date) => {
  const text = (draft: AnyDraft, name: string): string => String(draft[name] ?? '');
  const paper: Papers = {
    vin: text(papers, 'vin'),
    plateNo: text(papers, 'plateNo'),
    plateTypeCode: text(papers, 'plateTypeCode'),
    vehicleTypeCode: text(papers, 'vehicleTypeCode'),
    useNatureCode: text(papers, 'useNatureCode'),
    fuelTypeCode: text(papers, 'fuelTypeCode'),
    brandModel: text(papers, 'brandModel'),
    engineNo: text(papers, 'engineNo'),
    registrationDate: text(papers, 'registrationDate'),
    mandatoryScrapDate: null,
    bodyColourCode: 'A',
    curbWeightKg: 1_320,
  };
  const party: Party = {
    kind: 'person',
    name: text(owner, 'ownerName'),
    identityNo: text(owner, 'ownerIdentityNo'),
    phone: text(owner, 'ownerPhone'),
    address: '上海市试用路1号',
    identityAnswer: 'truthful',
  };
  return { vehicle: { papers: paper, owner: party, agent: null, batteryCodes: [] }, registered: true, now };
};

/** The same life with everything in its record that its steps ask for, as a careful clerk fills it. */
export const filledLife = (life: Life, order: number): Life => {
  let { sections } = life.record;
  for (const step of life.steps) {
    for (const id of filledBefore(step))
      sections = { ...sections, [id]: { ...fillingOf(id, sceneOf(sections, step.at)), ...sections[id] } };
  }
  const reported = life.steps.some(({ to }) => to === 'reporting');
  return {
    ...life,
    record: { ...life.record, sections, externalCaseId: reported ? `GH${order + 10_000_000}` : null },
  };
};
