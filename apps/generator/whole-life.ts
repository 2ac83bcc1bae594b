import { interfaceFact } from '#apps/server/interface-facts.ts';
import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.record.ts';
import { slotsOf } from '#areas/elv/vehicle-case/model/vehicle-case.slots.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { type MessageScene, messageMakers } from '#areas/elv/vehicle-case/server/messages.ts';
import { type Question, questionsOf } from '#areas/elv/vehicle-case/server/questions.ts';
import type { CheckTable, PhotoTable } from '#areas/elv/vehicle-case/server/vehicle-case.tables.ts';
import { rowOf } from '#kernel/audit/entry.table.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { firstEntries } from '#kernel/audit/trail.store.ts';
import type { Message } from '#kernel/connector/connector.ts';
import { carriedFact } from '#kernel/connector/crossing.ts';
import { outboxPlace } from '#kernel/connector/outbox.store.ts';
import type { OutboxTable } from '#kernel/connector/outbox.table.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { FileTable } from '#kernel/files/file.store.ts';
import { findAction, getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Chance } from './chance.ts';
import { filledBefore } from './filled.ts';
import type { Life, LivedStep } from './life.ts';
import { hexOf, madeId } from './made-id.ts';
import type { StepRow, WholeRows } from './past-rows.ts';
import type { Hand, Yard } from './people.ts';

/** Whose life it was. */
export interface Lived {
  readonly id: string;
  readonly caseNo: string;
  readonly yard: Yard;
  readonly openedBy: Hand;
  readonly life: Life;
  readonly steps: readonly StepRow[];
}

const lifecycle = widened(vehicleCase);
const seconds = (at: Date, more: number): Date => new Date(at.getTime() + more * 1_000);

/** Gathers what is left behind, in the order in which it happened. */
class Leaving {
  readonly photos: PhotoTable[] = [];
  readonly files: FileTable[] = [];
  readonly checks: CheckTable[] = [];
  readonly messages: OutboxTable[] = [];
  readonly facts: AuditFact[] = [];
  readonly #chance: Chance;
  readonly #crypto: Crypto;
  readonly #lived: Lived;
  readonly #record: VehicleCase;
  readonly #questions: readonly Question[];

  constructor(chance: Chance, crypto: Crypto, lived: Lived) {
    this.#chance = chance;
    this.#crypto = crypto;
    this.#lived = lived;
    this.#record = { ...lived.life.record, photos: [], checks: {} };
    this.#questions = questionsOf(this.#record, lived.yard.creditCode);
  }

  #tell(at: Date, action: string, by: Hand & { readonly organisationId: string | null }, detail: AuditFact['detail']) {
    this.facts.push({
      at,
      kind: 'operation',
      action,
      actor: { id: by.id, name: by.name, organisationId: by.organisationId, ip: '' },
      object: { type: lifecycle.id, id: this.#lived.id },
      outcome: 'done',
      detail,
      traceId: hexOf(this.#chance, 32),
    });
  }

  #clerk(hand: Hand) {
    return { ...hand, organisationId: this.#lived.yard.id };
  }

  open(): void {
    const { life, openedBy, caseNo } = this.#lived;
    this.#tell(life.openedAt, `${lifecycle.id}.open`, this.#clerk(openedBy), { caseNo });
  }

  /** A section filled and its photographs taken in the minutes before a step. */
  fill(section: SectionId, clerk: Hand, before: Date): void {
    const at = seconds(before, -600);
    const fields = Object.keys(this.#record.sections[section]).sort();
    this.#tell(at, 'elv.vehicle-case.saveSection', this.#clerk(clerk), { section, fields });
    for (const { part, required } of slotsOf(this.#record, section)) {
      if (required && !this.photos.some((one) => one.part === part)) this.#photograph(part, clerk, seconds(at, 20));
    }
  }

  #photograph(part: string, clerk: Hand, at: Date): void {
    const [id, fileId] = [madeId(this.#chance, at), madeId(this.#chance, at)];
    const file = {
      name: `${part}.jpg`,
      media_type: 'image/jpeg',
      size_bytes: String(150_000 + this.#chance.below(300_000)),
      sm3: sm3Hex(fileId),
      uploaded_at: at,
    };
    const told = { width: 1_600, height: 1_200, taken_at: at, exif: null, uploaded_by: clerk.id };
    this.files.push({ id: fileId, store_key: madeId(this.#chance, at), ...file, ...told });
    const { name, ...same } = file;
    this.photos.push({
      id,
      case_id: this.#lived.id,
      part,
      upload_key: id,
      file_id: fileId,
      file_name: name,
      ...same,
      operator_id: clerk.id,
      operator_name: clerk.name,
      device_time: at,
      place: null,
      removed_at: null,
      removed_by: null,
      ocr_status: 'none',
      ocr_message: null,
      ocr_fields: null,
    });
    this.#tell(at, 'elv.vehicle-case.addPhoto', this.#clerk(clerk), { part, photoId: id, sm3: file.sm3 });
  }

  /** The outside systems are asked what the filled sections give rise to, and have nothing against it. */
  async ask(filled: readonly SectionId[], at: Date): Promise<void> {
    for (const { kind, message } of this.#questions) {
      // The record is that of the end: who collects is known only when that was filled.
      const early = kind === 'collector-identity' && !filled.includes('collection');
      if (early || this.checks.some((one) => one.kind === kind)) continue;
      const askedOf = hexOf(this.#chance, 16);
      await this.#carry(message(`${this.#lived.caseNo}:${kind}:${at.getTime().toString(36)}:${askedOf}`), at);
      this.checks.push({
        case_id: this.#lived.id,
        kind,
        asked_of: askedOf,
        status: 'answered',
        verdict: 'pass',
        text: '核验通过',
        answer: null,
        asked_at: at,
        answered_at: seconds(at, 2),
      });
    }
  }

  /** A step, and what it has sent. */
  async take(step: LivedStep, row: StepRow): Promise<void> {
    const { action, from, to, version, round, at } = step;
    const by = { id: row.actor_id, name: row.actor_name, organisationId: row.actor_organisation_id };
    this.#tell(at, `${lifecycle.id}:${action}`, by, { from, to, version, round, stepDigest: row.digest });
    const { caseNo, yard } = this.#lived;
    const scene: MessageScene = {
      caseNo,
      round,
      record: this.#record,
      photos: this.photos.map(({ part, sm3, file_id: fileId }) => ({ part, sm3, fileId })),
      enterprise: { code: yard.creditCode, name: yard.name },
      now: at,
    };
    const entered = to === from ? [] : (getState(lifecycle, to).onEnter ?? []);
    for (const effect of [...(findAction(lifecycle, action)?.effects ?? []), ...entered]) {
      if (effect.do !== 'send') continue;
      const message = messageMakers[`${effect.connector}.${effect.exchange}`]?.(scene);
      // The same message again has the first one's key: it was carried then.
      if (message && !this.messages.some((one) => one.exchange === message.exchange && one.idem_key === message.key))
        await this.#carry(message, at);
    }
  }

  async #carry({ connector, exchange, key, recipient, body }: Message, at: Date): Promise<void> {
    const id = madeId(this.#chance, at);
    const about = { caseType: lifecycle.id, caseId: this.#lived.id, traceId: hexOf(this.#chance, 32) };
    const answeredAt = seconds(at, 2);
    const requestDigest = sm3Hex(body);
    this.messages.push({
      id,
      connector,
      exchange,
      recipient,
      idem_key: key,
      body: await this.#crypto.seal('exchange', Buffer.from(body, 'utf8'), outboxPlace(id, 'body')),
      body_digest: requestDigest,
      case_type: about.caseType,
      case_id: about.caseId,
      status: 'answered',
      attempts: 1,
      failures: 0,
      due_at: at,
      leased_until: null,
      lease_owner: null,
      last_outcome: 'delivered',
      last_error: null,
      answer: null,
      answered_at: answeredAt,
      created_at: at,
      trace_id: about.traceId,
    });
    const crossing = { at: answeredAt, connector, exchange, key, requestDigest, milliseconds: 120, ...about };
    this.facts.push(interfaceFact(carriedFact(crossing, { outcome: 'delivered', answer: null })));
  }
}

/**
 * Everything a life has left: photographs as rows, checks, messages as the product words them, and the log, whose chain verifies. The record must be
 * filled. Answers of other systems and the photographs' bytes are not made up.
 */
export const wholeRows = async (chance: Chance, crypto: Crypto, lived: Lived): Promise<WholeRows> => {
  const leaving = new Leaving(chance, crypto, lived);
  leaving.open();
  for (const [at, step] of lived.life.steps.entries()) {
    const row = lived.steps[at];
    if (!row) throw new Error(`step ${at + 1} of ${lived.caseNo} has no row`);
    const clerk = { id: row.actor_id, name: row.actor_name };
    const filled = filledBefore(step);
    for (const section of filled) leaving.fill(section, clerk, step.at);
    if (filled.length > 0) await leaving.ask(filled, seconds(step.at, -300));
    await leaving.take(step, row);
  }
  const entries = firstEntries(leaving.facts);
  const last = entries.at(-1);
  return {
    ...leaving,
    entries: entries.map(rowOf),
    heads: last ? [{ chain: last.chain, seq: String(last.seq), digest: last.digest, unsealed: true }] : [],
  };
};
