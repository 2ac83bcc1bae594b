import { ownerOf, type PaperSet, paperSetOf } from '#testkit/papers/paper-set.ts';
import { formPaper, type PrintedPaper, templatePaper } from './paper-print.ts';
import { booklet, card, type Frame, type Lying, leaf, paperOrder } from './paper-shot.ts';
import type { Order } from './studio.ts';

const a4: readonly [number, number] = [210, 297];
const a5: readonly [number, number] = [210, 148];

/** The made-up vehicle and owner of the papers that belong to no particular case. */
const specimen: PaperSet = {
  ...paperSetOf(20_261_124),
  ...{ plateNo: '沪E00000', vin: 'LDEMA0005A0000000', engineNo: 'DEMA000000', brand: '示例牌', model: 'SL7160A' },
  ...{ vehicleTypeCode: 'K33', useNatureCode: 'A', fuelTypeCode: 'A', bodyColourCode: 'B', seats: 5 },
  ...{
    registrationDate: '2011-05-16',
    issueDate: '2019-08-06',
    madeOn: '2011-03-20',
    mandatoryScrapDate: '2099-12-31',
  },
  ...{ curbWeightKg: 1280, totalWeightKg: 1655 },
};
const ownedBy = (seed: number, kind: 'person' | 'organisation'): PaperSet => ({
  ...specimen,
  owner: ownerOf(seed, kind),
});

const identityBack = (office: string, term: string): PrintedPaper =>
  templatePaper('id-card-back.html', [85.6, 54], 20, { office, term });

const papers = (): readonly (readonly [part: string, paper: PrintedPaper, lying: Lying])[] => [
  ['licence-main', formPaper('vehicle-licence-main', specimen, 11), card('desk')],
  ['licence-duplicate', formPaper('vehicle-licence-duplicate', specimen, 12), card('desk')],
  ['licence-back', templatePaper('licence-back.html', [178.5, 60], 16), card('counter')],
  ['registration-p12', formPaper('registration-certificate-p12', specimen, 13), booklet('desk')],
  ['registration-change', templatePaper('registration-change.html', [258, 178], 8), booklet('desk')],
  ['statement', templatePaper('statement.html', a4), leaf('counter')],
  ['vin-rubbing', templatePaper('vin-rubbing.html', [248, 90], 8), { ...leaf('pad'), fold: 0 }],
  ['owner-id-front', formPaper('id-card-front', ownedBy(31, 'person'), 14), card('counter')],
  ['owner-id-back', identityBack('演示市公安局浦东分局', '2015.06.18－2035.06.18'), card('counter')],
  ['business-licence', formPaper('business-licence', ownedBy(32, 'organisation'), 15), leaf('desk')],
  ['deregistration-notice', templatePaper('deregistration-notice.html', a4), leaf('desk')],
  ['agent-id-front', formPaper('id-card-front', ownedBy(33, 'person'), 16), card('pad')],
  ['agent-id-back', identityBack('演示市公安局宝山分局', '2018.03.02－2038.03.02'), card('pad')],
  ['power-of-attorney', templatePaper('power-of-attorney.html', a4), leaf('desk')],
  ['tow-slip', templatePaper('tow-slip.html', a5), { ...leaf('clipboard'), fold: 0 }],
  ['battery-statement', templatePaper('battery-statement.html', a4), leaf('stone')],
  ['deregistration-proof', templatePaper('deregistration-proof.html', a5), leaf('stone')],
  ['collector-id-front', formPaper('id-card-front', ownedBy(34, 'person'), 17), card('stone')],
  ['collection-receipt', templatePaper('collection-receipt.html', a5), leaf('desk')],
  ['identity-proof', templatePaper('vin-rubbing.html', [248, 90], 8), { ...leaf('counter'), fold: 0 }],
];

const frameOf = ({ widthMm, heightMm }: PrintedPaper): Frame => {
  const slim = Math.min(0.75, (Math.min(widthMm, heightMm) / Math.max(widthMm, heightMm)) * 1.06);
  const narrow = Math.round(1200 * Math.max(slim, 0.5));
  const upright = heightMm > widthMm;
  return { width: upright ? narrow : 1200, height: upright ? 1200 : narrow, share: 0.93, mostBytes: 45_000 };
};

/** Photographs of papers that belong to no particular vehicle, by the photograph's part code. */
export const paperOrders = (): ReadonlyMap<string, Order> =>
  new Map(papers().map(([part, paper, lying], place) => [part, paperOrder(paper, lying, frameOf(paper), 40 + place)]));
