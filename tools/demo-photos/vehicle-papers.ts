import { type DemoCase, demoPlan } from '#apps/server/demo/demo-vehicles.ts';
import { paperSetOfVehicle } from '#testkit/papers/paper-set.ts';
import { seedOf } from '#testkit/papers/random.ts';
import type { PaperForm } from '#testkit/papers/truth.ts';
import { formPaper } from './paper-print.ts';
import { booklet, card, type Frame, type Lying, paperOrder } from './paper-shot.ts';
import type { Order } from './studio.ts';

/** A paper of one vehicle of the demo: its file, what the reader is told it is, and how it is photographed. */
export interface VehiclePaper {
  /** `<vin>.<part>.jpg` */
  readonly file: string;
  /** The paper's kind, as the reader knows it. */
  readonly paper: PaperForm;
  readonly order: Order;
}

/** How many vehicles of each state have papers of their own; the states in which papers are compared come first to the eye. */
const ownPapers: Readonly<Record<string, number>> = { intake: 9, deskReview: 9, confirming: 8 };

const chosen = (): readonly DemoCase[] => {
  const plan = demoPlan(220);
  return Object.entries(ownPapers).flatMap(([state, count]) =>
    plan.filter(({ rests }) => rests === state).slice(0, count),
  );
};

const grounds: readonly Lying['on'][] = ['desk', 'counter', 'pad', 'stone'];

const cardFrame: Frame = { width: 1200, height: 860, share: 0.92, mostBytes: 46_000 };
const bookletFrame: Frame = { width: 1400, height: 1000, share: 0.975, mostBytes: 55_000 };

const papersOf = ({ vehicle }: DemoCase): readonly VehiclePaper[] => {
  const { vin } = vehicle.papers;
  const set = paperSetOfVehicle(vehicle);
  const seed = seedOf(vin);
  const on = grounds[seed % grounds.length] ?? 'desk';
  const one = (part: string, paper: PaperForm, lying: Lying, frame: Frame): VehiclePaper => {
    const own = seedOf(`${vin} ${part}`);
    return { file: `${vin}.${part}.jpg`, paper, order: paperOrder(formPaper(paper, set, own), lying, frame, own) };
  };
  return [
    one('licence-main', 'vehicle-licence-main', card(on), cardFrame),
    one('registration-p12', 'registration-certificate-p12', booklet(on), bookletFrame),
    ...(vehicle.owner.kind === 'person' ? [one('owner-id-front', 'id-card-front', card(on), cardFrame)] : []),
  ];
};

/** The papers of the demo's vehicles that have their own, each showing that vehicle's and its owner's data. */
export const vehiclePapers = (): readonly VehiclePaper[] => chosen().flatMap(papersOf);
