import { police } from '#connectors/police/exchanges.ts';
import { everyRow } from '#kernel/access/predicate.ts';
import type { Afterwards, AnswerHandler, CarriedMessage } from '#kernel/connector/answer-handler.ts';
import {
  type ExchangesOf,
  type Message,
  messageTo,
  type RequestOf,
  type ResponseOf,
} from '#kernel/connector/connector.ts';
import type { Outbox, OutboxView } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Tx } from '#kernel/db/database.ts';
import { readPart } from '#kernel/db/parts.ts';
import type { Hook } from '#kernel/lifecycle/engine.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { caseNotices } from '../model/vehicle-case.notices.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import { accessRowOf } from './case-access.ts';
import { type FoundCase, lockCase } from './vehicle-case.store.ts';

type Police = ExchangesOf<typeof police>;

interface Parts {
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly notices: Telling;
}

/** Under what the police were told of a vehicle. */
type ToldUnder = Pick<RequestOf<Police['notify-recycled']>, 'certificateNo' | 'vin' | 'plateNo' | 'enterpriseCode'>;

/** One thing the police are told under a certificate's number, and what takes it back for the n-th time. */
interface Told {
  readonly exchange: keyof Police;
  readonly keyUnder: (under: ToldUnder) => string;
  readonly takeBack: (under: ToldUnder, reason: string, sequence: number) => Message;
}

const recycled: Told = {
  exchange: 'notify-recycled',
  keyUnder: ({ certificateNo }) => certificateNo,
  takeBack: ({ certificateNo, vin, plateNo, enterpriseCode }, reason, sequence) =>
    messageTo(police, 'withdraw-recycled', { certificateNo, vin, plateNo, enterpriseCode, reason, sequence }),
};

const plateDestroyed: Told = {
  exchange: 'confirm-plate-destruction',
  keyUnder: ({ certificateNo, plateNo }) => `${plateNo}+${certificateNo}`,
  takeBack: ({ certificateNo, plateNo }, reason, sequence) =>
    messageTo(police, 'withdraw-plate-destruction', { certificateNo, plateNo, reason, sequence }),
};

/** The next taking back that has not been said yet. */
const nextTakingBack = (sent: readonly OutboxView[], told: Told, under: ToldUnder, reason: string): Message => {
  const messageFor = (sequence: number): Message => {
    const message = told.takeBack(under, reason, sequence);
    const isSaid = sent.some(({ exchange, key }) => exchange === message.exchange && key === message.key);
    return isSaid ? messageFor(sequence + 1) : message;
  };
  return messageFor(1);
};

/** What a message may have done by the time its certificate is taken back: said and heard, or nobody knows. One still on its way is followed by {@link toldAnswers}. */
const mayStand = ({ status }: OutboxView): boolean => status === 'answered' || status === 'given-up';

/** Takes back what the police were told under a certificate that is void now. Source: ADR 0053. */
export const takeBackTold =
  ({ outbox }: Pick<Parts, 'outbox'>): Hook<VehicleCase, FoundCase> =>
  async ({ tx, before, after: { id, record }, traceId }) => {
    const { identity } = record;
    if (!identity?.certificateNo) return {};
    const sent = await readPart(tx, outbox.ofCase(tx, vehicleCase.id, id));
    const { certificateNo, was, reason } = identity;
    const under = { certificateNo, ...was, enterpriseCode: before.loaded.row.enterprise_code };
    for (const told of [recycled, plateDestroyed]) {
      const found = sent.find(({ exchange, key }) => exchange === told.exchange && key === told.keyUnder(under));
      if (!found || !mayStand(found)) continue;
      const message = nextTakingBack(sent, told, under, reason);
      await outbox.put(tx, message, { caseType: vehicleCase.id, caseId: id, traceId });
    }
    return {};
  };

const caseIdOf = ({ caseId }: CarriedMessage): string => {
  if (caseId === null) throw new Error('the police were told of no case');
  return caseId;
};

/** What arrives, or may have arrived, under a certificate that has been taken back meanwhile is taken back after it; true where it was. */
const takeBackLate = async (
  tx: Tx,
  { crypto, outbox }: Parts,
  told: Told,
  message: CarriedMessage,
): Promise<boolean> => {
  const id = caseIdOf(message);
  const loaded = await lockCase(tx, crypto, id, everyRow);
  if (!loaded) return false;
  const { certificate, identity } = loaded.snapshot.record;
  // Parsed by the exchange's schema before it was put; what it does not name, the one taken back does not either.
  const under = message.request as ToldUnder;
  if (certificate?.certificateNo === under.certificateNo) return false;
  const sent = await readPart(tx, outbox.ofCase(tx, vehicleCase.id, id));
  const next = nextTakingBack(sent, told, under, identity?.reason ?? '车辆身份登记错误，原回收证明已作废');
  await outbox.put(tx, next, { caseType: vehicleCase.id, caseId: id, traceId: message.traceId });
  return true;
};

const late = { note: '送达时回收证明已作废，已随后撤回' };

const toldAnswer = (parts: Parts, told: Told, doubt: (answer: unknown) => Afterwards): AnswerHandler => ({
  answered: async (tx, message, answer) => {
    const doubted = doubt(answer);
    return doubted ?? ((await takeBackLate(tx, parts, told, message)) ? late : undefined);
  },
  refused: async () => undefined,
  givenUp: async (tx, message) => {
    await takeBackLate(tx, parts, told, message);
  },
});

/** There is nothing to take back. */
const nothingTold = '4040';

/** The police go on holding something wrong of a vehicle: the commission is told, since only people can put that right. */
const tellCommission = async (tx: Tx, { crypto, clock, notices }: Parts, message: CarriedMessage): Promise<void> => {
  const loaded = await lockCase(tx, crypto, caseIdOf(message), everyRow);
  if (!loaded) return;
  const { row } = loaded;
  const { plateNo } = message.request as Pick<ToldUnder, 'plateNo'>;
  await notices.raise(tx, {
    kind: caseNotices.policeNotTakenBack,
    values: { caseNo: row.case_no, plateNo },
    matter: { type: vehicleCase.id, id: row.id, row: accessRowOf(row) },
    occasion: `message ${message.id}`,
    organisationId: null,
    at: clock.now(),
  });
};

const takenBackAnswer = (parts: Parts): AnswerHandler => ({
  answered: async () => undefined,
  refused: async (tx, message, { code }) => {
    if (code !== nothingTold) await tellCommission(tx, parts, message);
  },
  givenUp: (tx, message) => tellCommission(tx, parts, message),
});

/** What follows where the police take note of a certificate's vehicle, or of its being taken back; what they refuse stands with the message. Source: tender R06, R60, ADR 0053. */
export const toldAnswers = (parts: Parts): Readonly<Record<string, AnswerHandler>> => ({
  'police.notify-recycled': toldAnswer(parts, recycled, () => undefined),
  'police.confirm-plate-destruction': toldAnswer(parts, plateDestroyed, (answer) =>
    (answer as ResponseOf<Police['confirm-plate-destruction']>).confirmed
      ? undefined
      : { note: '公安未确认号牌销毁，请核对照片' },
  ),
  'police.withdraw-recycled': takenBackAnswer(parts),
  'police.withdraw-plate-destruction': takenBackAnswer(parts),
});
