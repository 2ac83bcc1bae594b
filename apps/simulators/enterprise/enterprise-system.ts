import { randomBytes, randomUUID } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { textToSign } from '../link/guard.ts';
import { type KeyPair, signText, sm3Hex, verifierOf } from '../link/sm2.ts';
import type { SimulatedVehicle } from '../register/vehicle.ts';
import { madeUpPhotograph } from './picture.ts';

/** How the system takes what it is told: as it should, or not. */
export const hookFaults = ['none', 'down', 'slow', 'error'] as const;
/** See {@link hookFaults}. */
export type HookFault = (typeof hookFaults)[number];

/** One vehicle it has sent, and what came of it. */
export interface SentDraft {
  readonly at: string;
  readonly reference: string;
  readonly plateNo: string;
  /** The case number, or the refusal in words. */
  readonly answer: string;
  readonly taken: boolean;
  readonly photographs: number;
}

/** One message it was told. `genuine`: whether the platform's signature holds; null where the platform's key is not known. */
export interface HeardEvent {
  readonly at: string;
  readonly eventId: string;
  readonly event: string;
  readonly caseNo: string;
  readonly stateTitle: string;
  readonly reason: string | null;
  readonly genuine: boolean | null;
  readonly repeat: boolean;
}

/** A dismantler's own system, simulated: it has a key, sends vehicles, and listens. */
export interface EnterpriseSystem {
  readonly keys: KeyPair;
  readonly appId: string;
  readonly sent: readonly SentDraft[];
  readonly heard: readonly HeardEvent[];
  fault: HookFault;
  /** What it checks messages with, 130 hex digits; empty while nobody has entered it. */
  platformKey: string;
  /** Its signature of the last text the platform gave for registering; empty while there is none. */
  readonly proof: string;
  newKey(): void;
  prove(text: string): void;
  send(vehicle: SimulatedVehicle): Promise<SentDraft>;
  hear(message: {
    readonly headers: Readonly<Record<string, unknown>>;
    readonly url: string;
    readonly body: Buffer;
  }): void;
  forget(): void;
}

/** What it works with. */
interface SystemParts {
  readonly keys: KeyPair;
  readonly clock: () => Date;
  /** Base address of the supervision system. */
  readonly platform: () => string;
}

const mostKept = 50;
/** What is photographed when a vehicle comes in: places that nothing is read from, since these pictures show nothing. */
const parts = ['licence-back', 'vin-rubbing'];

const newest = <T>(list: readonly T[], one: T): readonly T[] => [...list, one].slice(-mostKept);

/** What is filled in of a vehicle, by the fields of docs/intake-fields.md. */
const sectionsOf = ({ papers, owner }: SimulatedVehicle) => ({
  papers: {
    plateNo: papers.plateNo,
    plateTypeCode: papers.plateTypeCode,
    vin: papers.vin,
    vehicleTypeCode: papers.vehicleTypeCode,
    useNatureCode: papers.useNatureCode,
    fuelTypeCode: papers.fuelTypeCode,
    brandModel: papers.brandModel,
    engineNo: papers.engineNo,
    registrationDate: papers.registrationDate,
  },
  owner: { ownerName: owner.name, ownerIdentityNo: owner.identityNo, ownerPhone: owner.phone },
});

interface Reply {
  readonly ok: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

const call = async (
  { platform, clock }: SystemParts,
  keys: KeyPair,
  path: string,
  body: Buffer,
  contentType: string,
): Promise<Reply> => {
  const url = new URL(path, platform());
  const timestamp = String(Math.floor(clock().getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-app-id': appIdOf(keys),
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-content-sm3': sm3Hex(body),
      'x-signature': signText(textToSign('POST', url.href, timestamp, nonce, body), keys),
    },
    // A copy of its own: what fetch is given must be no part of a larger buffer.
    body: new Uint8Array(body),
    signal: AbortSignal.timeout(20_000),
  });
  return { ok: reply.ok, body: (await reply.json()) as Reply['body'] };
};

/** What it calls under: the fingerprint of its public key. */
const appIdOf = ({ publicKey }: KeyPair): string => sm3Hex(Buffer.from(publicKey, 'hex')).slice(0, 32);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const genuine = (
  platformKey: string,
  { headers, url, body }: Parameters<EnterpriseSystem['hear']>[0],
): boolean | null => {
  if (platformKey === '') return null;
  const text = textToSign('POST', url, textOf(headers['x-timestamp']), textOf(headers['x-nonce']), body);
  return verifierOf(platformKey)(text, textOf(headers['x-signature']));
};

const sendOne = async (own: SystemParts, keys: KeyPair, vehicle: SimulatedVehicle): Promise<SentDraft> => {
  const at = own.clock().toISOString();
  const { plateNo } = vehicle.papers;
  const reference = `ERP-${vehicle.papers.vin}`;
  const draft = Buffer.from(JSON.stringify({ reference, sections: sectionsOf(vehicle) }));
  const refused = (answer: string): SentDraft => ({ at, reference, plateNo, answer, taken: false, photographs: 0 });
  try {
    const opened = await call(own, keys, '/api/intake/cases', draft, 'application/json');
    if (!opened.ok) return refused(`${textOf(opened.body.code)} ${textOf(opened.body.message)}`);
    let photographs = 0;
    for (const part of parts) {
      const path = `/api/intake/cases/${textOf(opened.body.id)}/photos/${part}?key=${randomUUID()}`;
      if ((await call(own, keys, path, madeUpPhotograph(), 'image/jpeg')).ok) photographs += 1;
    }
    return { at, reference, plateNo, answer: textOf(opened.body.caseNo), taken: true, photographs };
  } catch (error) {
    // The line, not the business: what it would send again is on the page.
    return refused(error instanceof Error ? error.message : '没有连上平台');
  }
};

/** A system that begins with the key it is given and can make another. */
export const enterpriseSystem = (own: SystemParts): EnterpriseSystem => {
  let { keys } = own;
  let sent: readonly SentDraft[] = [];
  let heard: readonly HeardEvent[] = [];
  let proof = '';
  return {
    get keys() {
      return keys;
    },
    get appId() {
      return appIdOf(keys);
    },
    get sent() {
      return sent;
    },
    get heard() {
      return heard;
    },
    fault: 'none',
    platformKey: '',
    get proof() {
      return proof;
    },
    newKey: () => {
      keys = sm2.generateKeyPairHex();
      proof = '';
    },
    prove: (text) => {
      proof = signText(text, keys);
    },
    send: async (vehicle) => {
      const one = await sendOne(own, keys, vehicle);
      sent = newest(sent, one);
      return one;
    },
    hear(message) {
      const said = JSON.parse(message.body.toString('utf8')) as Readonly<Record<string, unknown>>;
      const eventId = textOf(said.eventId);
      heard = newest(heard, {
        at: own.clock().toISOString(),
        eventId,
        event: textOf(said.event),
        caseNo: textOf(said.caseNo),
        stateTitle: textOf(said.stateTitle),
        reason: typeof said.reason === 'string' ? said.reason : null,
        genuine: genuine(this.platformKey, message),
        repeat: heard.some((one) => one.eventId === eventId),
      });
    },
    forget() {
      sent = [];
      heard = [];
      proof = '';
      this.fault = 'none';
    },
  };
};
