import { randomUUID } from 'node:crypto';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import type { OwnApplicationView } from '#areas/elv/citizen-application/model/citizen.views.ts';
import type { ApplyingAs } from '#areas/elv/citizen-application/model/citizen-application.record.ts';

/** What one citizen does, whatever carries it. Every refusal is thrown as a Failure. */
export interface CitizenHands {
  open(key: string, vin?: string): Promise<OwnApplicationView>;
  view(id: string): Promise<OwnApplicationView>;
  save(
    id: string,
    change: {
      readonly as?: ApplyingAs;
      readonly values?: Readonly<Record<string, string | boolean | null>>;
      readonly enterpriseId?: string;
    },
  ): Promise<OwnApplicationView>;
  agree(id: string, consent: string, version: number): Promise<OwnApplicationView>;
  photograph(id: string, part: string, bytes: Uint8Array): Promise<OwnApplicationView>;
  step(
    id: string,
    action: 'submit' | 'recall',
    version: number,
    input: Readonly<Record<string, unknown>>,
  ): Promise<OwnApplicationView>;
}

/** An application to be filled in: for which vehicle, as whom, and to whom it goes. */
export interface Applying {
  readonly vehicle: SimulatedVehicle;
  readonly as: ApplyingAs;
  readonly enterpriseId: string;
  readonly picture: (part: string) => Uint8Array;
}

/** What a citizen types of the vehicle and of the owner, where those are not known from the sign-in. */
const typed = ({ vehicle: { papers, owner }, as }: Applying): Readonly<Record<string, string>> => ({
  'papers.plateNo': papers.plateNo,
  'papers.plateTypeCode': papers.plateTypeCode,
  'papers.vin': papers.vin,
  'papers.brandModel': papers.brandModel,
  'papers.scrapReason': 'voluntary',
  ...(as === 'agent'
    ? {
        'owner.ownerName': owner.name,
        'owner.ownerIdentityNo': owner.identityNo,
        'owner.ownerPhone': owner.phone,
        'agent.agentPhone': '13800000463',
      }
    : { 'owner.ownerPhone': owner.phone }),
});

/** Agreement to everything that is asked today. */
export const agreeing = ({ consents }: Pick<OwnApplicationView, 'consents'>) => ({
  consents: consents.map(({ id, version }) => ({ id, version })),
});

/** Agrees to what must be agreed to before papers are photographed. */
export const agreeFirst = async (hands: CitizenHands, { id, consents }: OwnApplicationView): Promise<void> => {
  for (const { id: consent, version, agreedAt } of consents)
    if (agreedAt === null && consent !== 'scrapping') await hands.agree(id, consent, version);
};

/** Fills an application in until nothing but handing in is left. */
export const fillIn = async (hands: CitizenHands, id: string, applying: Applying): Promise<OwnApplicationView> => {
  await hands.save(id, { as: applying.as });
  const filled = await hands.save(id, { values: typed(applying), enterpriseId: applying.enterpriseId });
  await agreeFirst(hands, filled);
  for (const { part } of filled.materials.filter(({ required, photos }) => required && photos.length === 0))
    await hands.photograph(id, part, applying.picture(part));
  return hands.view(id);
};

/** An application that was handed in. */
export const applyFor = async (hands: CitizenHands, applying: Applying): Promise<OwnApplicationView> => {
  const { id } = await hands.open(randomUUID());
  const whole = await fillIn(hands, id, applying);
  return hands.step(id, 'submit', whole.version, agreeing(whole));
};
