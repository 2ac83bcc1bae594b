import { z } from 'zod';
import { identityNoOf, vinOf } from './check-digits.ts';

/** What is printed on a vehicle's papers, or kept in the police file. Codes are the police's (GA/T 16). */
export const papersSchema = z.strictObject({
  vin: z.string().min(1).max(30),
  plateNo: z.string().min(1).max(12),
  plateTypeCode: z.string().length(2),
  vehicleTypeCode: z.string().length(3),
  useNatureCode: z.string().length(1),
  fuelTypeCode: z.string().length(1),
  brandModel: z.string().max(100),
  engineNo: z.string().max(60),
  registrationDate: z.iso.date(),
  mandatoryScrapDate: z.iso.date().nullable(),
  bodyColourCode: z.string().length(1),
  curbWeightKg: z.int().min(0),
});
/** See {@link papersSchema}. */
export type Papers = z.output<typeof papersSchema>;

/** A person or an organisation, with what the identity service says about it. */
export const partySchema = z.strictObject({
  kind: z.enum(['person', 'organisation']),
  name: z.string().min(1).max(100),
  identityNo: z.string().min(1).max(40),
  phone: z.string().max(30),
  address: z.string().max(200),
  /** `truthful`: as the name, number and phone compare. */
  identityAnswer: z.enum(['truthful', 'no-match', 'not-found']),
});
/** See {@link partySchema}. */
export type Party = z.output<typeof partySchema>;

/** What a system does out of the ordinary when asked about this vehicle. */
const behaviourSchema = z.strictObject({
  policeSlowMs: z.int().min(0).optional(),
  policeFinds: z.enum(['nothing', 'several']).optional(),
  /** The first query ends with 5040 (outcome unknown), later ones are answered. */
  policeUnknownFirst: z.boolean().optional(),
  /** Fields the police leave blank, each in another way of writing nothing. */
  policeBlanks: z.array(z.string()).optional(),
  acceptedElsewhere: z.strictObject({ enterprise: z.string(), since: z.iso.date() }).optional(),
  /** Decisions on supervised dismantling, one per round; the last one repeats. */
  decisions: z
    .array(z.enum(['approved', 'returned', 'rejected']))
    .min(1)
    .optional(),
  nationalRefuses: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  certificateDelayMs: z.int().min(0).optional(),
});

/** A simulated vehicle: its papers, the police's file on it, its owner, and how the systems behave about it. */
export const vehicleSchema = z.strictObject({
  /** What this vehicle lets one try, in Chinese. */
  shows: z.string(),
  papers: papersSchema,
  /** The police file; differs from the papers where that is to be shown. */
  policeFile: papersSchema,
  statusCodes: z.string().regex(/^[A-Z]+$/),
  pledged: z.boolean(),
  sealed: z.boolean(),
  supervisedHint: z.boolean(),
  owner: partySchema,
  /** The owner as the police have it. */
  policeOwner: z.strictObject({ name: z.string(), identityNo: z.string() }),
  agent: partySchema.nullable(),
  batteryCodes: z.array(z.string()),
  behaviour: behaviourSchema,
});
/** See {@link vehicleSchema}. */
export type SimulatedVehicle = z.output<typeof vehicleSchema>;

/** A person with a clearly made-up name, born in 1900. */
export const person = (order: number, name: string, overrides: Partial<Party> = {}): Party => ({
  kind: 'person',
  name,
  identityNo: identityNoOf('310101', '19000101', order),
  phone: `1380000${String(order).padStart(4, '0')}`,
  address: `上海市黄浦区演示路${order}号`,
  identityAnswer: 'truthful',
  ...overrides,
});

/** An organisation with a made-up name. */
export const organisation = (name: string, creditCode: string, overrides: Partial<Party> = {}): Party => ({
  kind: 'organisation',
  name,
  identityNo: creditCode,
  phone: '021-00000000',
  address: '上海市浦东新区演示大道1号',
  identityAnswer: 'truthful',
  ...overrides,
});

const surnames = [...'张王李赵陈杨黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭'];
const givenNames = ['三', '四', '五', '六', '七', '八'];

/** A made-up personal name that says it is one, from a number. */
export const demoName = (order: number): string =>
  `${surnames[order % surnames.length]}${givenNames[Math.floor(order / surnames.length) % givenNames.length]}演示`;

/** The parts of a simulated vehicle that differ from a plain one. */
export interface Particulars {
  readonly papers?: Partial<Papers>;
  readonly policeFile?: Partial<Papers>;
  readonly policeOwner?: Partial<SimulatedVehicle['policeOwner']>;
  readonly vehicle?: Partial<Omit<SimulatedVehicle, 'papers' | 'policeFile' | 'policeOwner' | 'shows'>>;
}

/** A vehicle whose police file agrees with its papers but for the particulars; status normal, nothing pledged or sealed. */
export const simulated = (
  shows: string,
  papers: Papers,
  owner: Party,
  particulars: Particulars = {},
): SimulatedVehicle => {
  const there = particulars.vehicle?.owner ?? owner;
  return {
    shows,
    papers,
    policeFile: { ...papers, ...particulars.policeFile },
    statusCodes: 'A',
    pledged: false,
    sealed: false,
    supervisedHint: false,
    owner,
    policeOwner: { name: there.name, identityNo: there.identityNo, ...particulars.policeOwner },
    agent: null,
    batteryCodes: [],
    behaviour: {},
    ...particulars.vehicle,
  };
};

/** The listed vehicle of that number: a plain Shanghai private petrol car but for its particulars. `order` 1 to 999. */
export const listed = (order: number, shows: string, particulars: Particulars = {}): SimulatedVehicle => {
  const papers = {
    vin: vinOf('LTESTA00', `A${String(order).padStart(7, '0')}`),
    plateNo: `沪B${20000 + order}`,
    plateTypeCode: '02',
    vehicleTypeCode: 'K33',
    useNatureCode: 'A',
    fuelTypeCode: 'A',
    brandModel: '大众汽车牌SVW71612BM',
    engineNo: `TEST${String(order).padStart(6, '0')}`,
    registrationDate: '2012-05-01',
    mandatoryScrapDate: null,
    bodyColourCode: 'A',
    curbWeightKg: 1280,
    ...particulars.papers,
  };
  return simulated(shows, papers, person(order, demoName(order)), particulars);
};
