import { z } from 'zod';
import { penaltySchema } from './data-lake/penalties.ts';
import { legalPersonSchema } from './data-lake/register.ts';
import { enforcementEventSchema } from './enforcement/events.ts';
import { workOrderSchema } from './hotline/work-orders.ts';
import { vehicleSchema } from './register/vehicle.ts';

const toldStage = {
  applicationNo: z.string(),
  sequence: z.int(),
  stage: z.string(),
  note: z.string(),
  at: z.string(),
};

/** What the simulated systems remember, by collection; every entry has a key. */
export const collections = {
  seeded: vehicleSchema,
  recycled: z.strictObject({
    certificateNo: z.string(),
    enterpriseCode: z.string(),
    enterpriseName: z.string(),
    recycledOn: z.string(),
  }),
  destroyedPlate: z.strictObject({ certificateNo: z.string() }),
  supervised: z.strictObject({
    caseNo: z.string(),
    round: z.int(),
    vin: z.string(),
    decision: z.enum(['approved', 'returned', 'rejected']),
    opinion: z.string(),
    dueAt: z.number(),
    /** Whether the callback was taken over there, or given up here. */
    told: z.boolean(),
  }),
  /** Whether a message has arrived, to be told by the gateway that took it. */
  report: z.strictObject({
    system: z.enum(['sms-gateway', 'mail-gateway']),
    reportId: z.string(),
    reference: z.string(),
    state: z.enum(['delivered', 'failed']),
    reason: z.string(),
    dueAt: z.number(),
    told: z.boolean(),
  }),
  /** What the next submission of a case number, or of whichever case comes next (`*`), will be decided; used once. */
  nextDecision: z.enum(['approved', 'returned', 'rejected']),
  unknownOnce: z.literal(true),
  scrapCase: z.strictObject({
    externalCaseId: z.string(),
    caseNo: z.string(),
    round: z.int(),
    vin: z.string(),
    enterpriseCode: z.string(),
    certificateNo: z.string(),
    certificateAt: z.number(),
    voided: z.boolean(),
  }),
  /** External case id by VIN, and by certificate number. */
  scrapCaseByVin: z.string(),
  scrapCaseByCertificate: z.string(),
  deregistration: z.strictObject({
    deregNo: z.string(),
    certificateNo: z.string(),
    certNo: z.string(),
    issuedAt: z.number(),
  }),
  /** First results by system, exchange and key: what makes a repeat harmless. */
  firstAnswer: z.strictObject({ digest: z.string(), body: z.string() }),
  /** Legal persons seeded beside the listed ones, or instead of them, by credit code. */
  legalPerson: legalPersonSchema,
  /** Penalties of an enterprise seeded instead of the listed ones, by credit code. */
  penalties: z.array(penaltySchema),
  /** Work orders about an enterprise seeded instead of the listed ones, by credit code. */
  workOrders: z.array(workOrderSchema),
  /** Enforcement events of an enterprise seeded instead of the listed ones, by credit code. */
  enforcementEvents: z.array(enforcementEventSchema),
  /** Codes that a browser carries back from the one-stop service, by the code; each serves once. */
  oneStopGrant: z.strictObject({ userId: z.string(), redirectUri: z.string(), until: z.number() }),
  /** Tokens given for codes. */
  oneStopToken: z.strictObject({ userId: z.string(), until: z.number() }),
  /** What citizens are shown of their applications. */
  oneStopStage: z.strictObject(toldStage),
  /** What stands on top of each: what the newest message told, by the application's number. */
  oneStopStanding: z.strictObject(toldStage),
  counter: z.int(),
} as const;
/** The names of what is remembered. */
export type CollectionName = keyof typeof collections;
/** An entry of a collection. */
export type EntryOf<K extends CollectionName> = z.output<(typeof collections)[K]>;
