import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { listed, type SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';

/** How a demo case has come along, and what is special about it. */
export interface DemoCase {
  /** Where it rests at the end of the story. */
  readonly rests: string;
  readonly vehicle: SimulatedVehicle;
  /** Which yard, from 1. */
  readonly yard: number;
  readonly registered: boolean;
  /** Days between its opening and the story's end. */
  readonly openedDaysAgo: number;
  /** Returned once with this reason on the way, by the reviewer of that state. */
  readonly returnedIn?: 'deskReview' | 'entryReview' | 'dismantleReview';
}

/** How many cases of a hundred rest in each state; a yard's everyday mixture with every state in it. */
const shares: readonly (readonly [state: string, share: number, daysAgo: number])[] = [
  ['intake', 8, 3],
  ['comparing', 1, 0],
  ['deskReview', 10, 6],
  ['confirming', 9, 6],
  ['admitted', 8, 9],
  ['handedOver', 5, 11],
  ['entryReview', 8, 11],
  ['dismantling', 7, 16],
  ['dismantleReview', 7, 15],
  ['policeReview', 3, 2],
  ['reporting', 2, 12],
  ['reportRefused', 2, 18],
  ['correcting', 1, 19],
  ['correctionReview', 1, 19],
  ['certified', 9, 22],
  ['deregistering', 1, 26],
  ['deregistered', 3, 28],
  ['closed', 13, 38],
  ['refused', 2, 14],
  ['discarded', 1, 5],
  ['frozen', 1, 4],
  ['identityReview', 1, 24],
  ['identityConfirming', 1, 24],
];

const refusedByNational = (order: number): SimulatedVehicle =>
  listed(order, '演示：全国系统退回', {
    papers: { plateNo: `沪E${20_000 + order}` },
    vehicle: { behaviour: { nationalRefuses: { code: '4002', message: '字典码无效：燃料种类' } } },
  });

/** Taken in under a plate that is not its own, which shows when it is in pieces. */
const misnamed = (order: number): SimulatedVehicle =>
  listed(order, '演示：受理时录错号牌', {
    papers: { plateNo: `沪E${20_000 + order}` },
    policeFile: { plateNo: `沪F${20_000 + order}` },
  });

/** What a demo vehicle must be for its case to come to rest where it should. */
const oddity: Readonly<Record<string, (order: number) => SimulatedVehicle>> = {
  deskReview: (order) =>
    order % 3 === 0
      ? listed(order, '演示：外省市车辆', { papers: { plateNo: `苏E${20_000 + order}` } })
      : order % 3 === 1
        ? listed(order, '演示：三项不一致', {
            papers: { plateNo: `沪E${20_000 + order}` },
            policeFile: {
              engineNo: `TEST9${String(order).padStart(5, '0')}`,
              registrationDate: '2011-05-01',
              brandModel: '大众汽车牌SVW71612DM',
            },
          })
        : familyOf('D', order),
  refused: (order) => familyOf('D', order),
  policeReview: (order) => familyOf('T', order),
  reporting: (order) =>
    listed(order, '演示：回收证明出具慢', {
      papers: { plateNo: `沪E${20_000 + order}` },
      vehicle: { behaviour: { certificateDelayMs: 30 * 86_400_000 } },
    }),
  reportRefused: refusedByNational,
  correcting: refusedByNational,
  correctionReview: refusedByNational,
  identityReview: misnamed,
  identityConfirming: misnamed,
  frozen: (order) =>
    listed(order, '演示：被盗抢', { papers: { plateNo: `沪E${20_000 + order}` }, vehicle: { statusCodes: 'C' } }),
};

const familyOf = (kind: 'A' | 'D' | 'E' | 'M' | 'T', n: number): SimulatedVehicle => {
  const vehicle = familyVehicle(familyVin(900_000 + n, kind));
  if (!vehicle) throw new Error(`the family has no ${kind}${n}`);
  return vehicle;
};

const ordinary = (order: number): SimulatedVehicle =>
  familyOf(order % 7 === 3 ? 'E' : order % 11 === 5 ? 'M' : order % 9 === 4 ? 'T' : 'A', order);

const mayBeSupervised = new Set([
  'certified',
  'deregistered',
  'closed',
  'deregistering',
  'entryReview',
  'dismantling',
  'confirming',
  'admitted',
]);

/** An ordinary vehicle that is not sent to the police on its way to a state only the commission decides. */
const vehicleFor = (state: string, order: number): SimulatedVehicle => {
  const odd = oddity[state]?.(order);
  if (odd) return odd;
  const vehicle = ordinary(order);
  return vehicle.papers.vehicleTypeCode === 'H11' && !mayBeSupervised.has(state) ? familyOf('A', order) : vehicle;
};

const returns: Readonly<Record<string, DemoCase['returnedIn']>> = {
  dismantling: 'dismantleReview',
  handedOver: 'entryReview',
};

/** Vehicles are numbered to 999: those of the last lines have the ends of the first lines' numbers. */
const orderOf = (line: number, index: number): number =>
  line < 20 ? 100 + line * 45 + index : 140 + (line - 20) * 45 + index;

/** The demo's cases: about `count`, the same every time, those that ask the outside systems for patience last. */
export const demoPlan = (count: number): readonly DemoCase[] => {
  const cases = shares.flatMap(([rests, share, daysAgo], line): DemoCase[] =>
    Array.from({ length: count === 0 ? 0 : Math.max(1, Math.round((share * count) / 100)) }, (_, index) => {
      const order = orderOf(line, index);
      const returned =
        index % 4 === 1 ? returns[rests] : rests === 'intake' && index % 3 === 2 ? 'deskReview' : undefined;
      return {
        rests,
        vehicle: rests === 'intake' && returned ? familyOf('D', order) : vehicleFor(rests, order),
        yard: ((order * 7) % 13 < 6 ? 0 : (order % 4) + 1) + 1,
        registered: !(rests === 'closed' && index % 6 === 5),
        // A few lie longer than they should, so that overdue work is seen.
        openedDaysAgo: daysAgo + (index % 5) + (index % 6 === 5 ? 9 : 0),
        ...(returned ? { returnedIn: returned } : {}),
      };
    }),
  );
  return [...cases.filter(({ rests }) => rests !== 'comparing'), ...cases.filter(({ rests }) => rests === 'comparing')];
};
