import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import type { PhotographOrder, Studio } from './draw.ts';
import { currentDrawing } from './drawing-current.ts';
import { paperSetOfVehicle } from './paper-set.ts';
import { seedOf } from './random.ts';
import { type PaperForm, truthOf } from './truth.ts';

/** A photographed paper of a vehicle: what it is, the JPEG, and what a reader should make of it. */
export interface PhotographedPaper {
  readonly form: PaperForm;
  readonly jpeg: Buffer;
  readonly truth: Readonly<Record<string, string>>;
}

/** The forms a vehicle's owner brings: an identity card or a business licence, and the vehicle's own papers. */
export const formsOf = ({ owner }: SimulatedVehicle): readonly PaperForm[] => [
  'vehicle-licence-main',
  'vehicle-licence-duplicate',
  'registration-certificate-p12',
  owner.kind === 'person' ? 'id-card-front' : 'business-licence',
];

/** Photographs the papers of one vehicle of the register, always the same pictures for the same vehicle. */
export const photographVehicle = async (
  studio: Studio,
  vehicle: SimulatedVehicle,
  shot: PhotographOrder['shot'] = {},
): Promise<readonly PhotographedPaper[]> => {
  const set = paperSetOfVehicle(vehicle);
  const papers: PhotographedPaper[] = [];
  for (const form of formsOf(vehicle)) {
    const jpeg = await studio.photograph({
      form,
      set,
      drawing: currentDrawing,
      seed: seedOf(`${vehicle.papers.vin} ${form}`),
      shot,
    });
    papers.push({ form, jpeg, truth: truthOf(form, set) });
  }
  return papers;
};
