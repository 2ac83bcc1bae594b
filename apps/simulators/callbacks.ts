import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { shanghaiTime } from './exchange.ts';
import { callbackFaults, type Fault } from './faults.ts';
import { garble } from './garble.ts';
import { textToSign } from './link/guard.ts';
import { signText } from './link/sm2.ts';
import { appIdOf, type Office } from './office.ts';
import type { EntryOf } from './world-entries.ts';

type Supervised = EntryOf<'supervised'>;

const path = '/ext/police/supervised-decision';
/** Milliseconds before the second, third … telling; the last one repeats. */
const waits = [300, 1000, 2000, 5000, 10_000, 30_000, 60_000];
/** Faults that strike when a decision is told; the overtaking one must strike before. */
const faultsOfTelling = new Set([...callbackFaults].filter((kind) => kind !== 'out-of-order'));
/** How long a decision is told before the police give up. */
const tellForMs = 86_400_000;

/** Tells the supervision system, signed, what the police decided; repeats until it is taken. */
export interface Callbacks {
  /** Tells the decision of this key when it is due. */
  expect(key: string): void;
  /** Expects every decision not told before; call once, at the start. */
  resume(): void;
  /** Tells a decision before its submission is acknowledged, if scripted; false when it was not scripted or not taken. */
  overtake(key: string): Promise<boolean>;
  close(): void;
}

/** `taken`: code 0. `outdated`: its round is over (4221), so it is not repeated. `again`: anything else, and no answer at all. */
type Told = 'taken' | 'outdated' | 'again';

type Garbled = Extract<Fault, { kind: 'garbled' }>['how'];

const bodyOf = (decision: Supervised, garbled: Garbled | undefined): string => {
  const { caseNo, round, opinion, dueAt } = decision;
  const body = { caseNo, round, decision: decision.decision, opinion, decidedAt: shanghaiTime(new Date(dueAt)) };
  return garbled ? garble(body, garbled) : JSON.stringify(body);
};

const meaningOf = (answer: Buffer): Told => {
  const { code }: { code?: unknown } = JSON.parse(answer.toString('utf8')) ?? {};
  if (code === '0') return 'taken';
  return code === '4221' ? 'outdated' : 'again';
};

const post = async (
  { link, clock, world }: Office,
  message: { readonly key: string; readonly body: string; readonly otherText: string; readonly signal: AbortSignal },
): Promise<Told> => {
  const url = `${world.settings.callbackUrl.replace(/\/$/, '')}${path}`;
  const timestamp = String(Math.floor(clock().getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const toSign = textToSign('POST', url, timestamp, nonce, Buffer.from(message.body));
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-app-id': appIdOf('police'),
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-idempotency-key': encodeURIComponent(message.key),
      'x-trace-id': randomBytes(16).toString('hex'),
      'x-signature': signText(toSign + message.otherText, link.keys),
    },
    body: message.body,
    redirect: 'manual',
    signal: AbortSignal.any([message.signal, AbortSignal.timeout(10_000)]),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  const signed = textToSign('POST', url, response.headers.get('x-timestamp') ?? '', nonce, answer);
  const isTheirs =
    response.headers.get('x-app-id') === link.peerAppId &&
    link.verifyPeer(signed, response.headers.get('x-signature') ?? '');
  return isTheirs ? meaningOf(answer) : 'again';
};

/** How one telling goes; without a fault it is straight. */
interface Manner {
  readonly fault?: Fault;
  readonly repeat?: boolean;
}

/** Sends one decision once and writes it into the journal. Never throws. */
const sendOnce = async (office: Office, decision: Supervised, manner: Manner, signal: AbortSignal): Promise<Told> => {
  const { journal, clock } = office;
  const { fault, repeat = false } = manner;
  const key = keyOf(decision);
  const since = clock().getTime();
  const garbled = fault?.kind === 'garbled' ? fault.how : undefined;
  const message = { key, body: bodyOf(decision, garbled), otherText: garbled === 'signature' ? '?' : '', signal };
  // Whatever kept the callback from being taken, it is sent again; the journal shows it.
  const outcome = await post(office, message).catch(() => 'again' as const);
  const now = clock();
  journal.add({ ...about(key, now), outcome, fault: fault?.kind ?? null, repeat, ms: now.getTime() - since });
  return outcome;
};

const keyOf = ({ caseNo, round }: Supervised): string => `${caseNo}-${round}`;

const about = (key: string, at: Date) =>
  ({ at: at.toISOString(), system: 'police', exchange: 'supervised-decision', key, direction: 'out' }) as const;

/** Tells decisions until they are taken, over what the world remembers. */
class Teller implements Callbacks {
  readonly #office: Office;
  readonly #busy = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stop = new AbortController();

  constructor(office: Office) {
    this.#office = office;
  }

  resume(): void {
    for (const [key, { told }] of this.#office.world.entries('supervised')) if (!told) this.expect(key);
  }

  expect(key: string): void {
    const dueAt = this.#office.world.get('supervised', key)?.dueAt ?? 0;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void this.#tellAlone(key);
      },
      Math.max(dueAt - this.#now(), 0),
    );
    this.#timers.add(timer);
  }

  async overtake(key: string): Promise<boolean> {
    const decision = this.#untold(key);
    const fault = decision && this.#strike(key, new Set(['out-of-order']));
    if (!decision || !fault) return false;
    const outcome = await this.#send(decision, { fault });
    if (outcome !== 'again') this.#settle(decision);
    return outcome !== 'again';
  }

  close(): void {
    this.#stop.abort();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #now(): number {
    return this.#office.clock().getTime();
  }

  #wait(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  #send(decision: Supervised, manner: Manner): Promise<Told> {
    return sendOnce(this.#office, decision, manner, this.#stop.signal);
  }

  #strike(key: string, kinds: ReadonlySet<Fault['kind']>): Fault | undefined {
    const { faults, clock } = this.#office;
    return faults.strike({ system: 'police', exchange: 'supervised-decision', key, now: clock() }, kinds);
  }

  /** The decision while it is still to be told; none when the program ends or everything was forgotten meanwhile. */
  #untold(key: string): Supervised | undefined {
    const decision = this.#stop.signal.aborted ? undefined : this.#office.world.get('supervised', key);
    return decision?.told === false ? decision : undefined;
  }

  #settle(decision: Supervised): void {
    const key = keyOf(decision);
    if (this.#untold(key)) this.#office.world.put('supervised', key, { ...decision, told: true });
  }

  #giveUp(decision: Supervised, outcome: 'lost' | 'given-up', fault: Fault['kind'] | null): void {
    const { journal, clock } = this.#office;
    journal.add({ ...about(keyOf(decision), clock()), outcome, fault, repeat: false, ms: 0 });
    this.#settle(decision);
  }

  async #tellAlone(key: string): Promise<void> {
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    await this.#tell(key).finally(() => this.#busy.delete(key));
  }

  async #tell(key: string): Promise<void> {
    const decision = this.#untold(key);
    if (!decision) return;
    const fault = this.#strike(key, faultsOfTelling);
    if (fault?.kind === 'never') return this.#giveUp(decision, 'lost', fault.kind);
    if (fault?.kind === 'late') await this.#wait(fault.ms);
    if (fault?.kind === 'garbled') await this.#send(decision, { fault });
    const taken = await this.#tellUntilTaken(key, fault?.kind === 'late' ? fault : undefined);
    if (taken && fault?.kind === 'twice') await this.#send(decision, { fault, repeat: true });
  }

  async #tellUntilTaken(key: string, fault: Fault | undefined): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      const decision = this.#untold(key);
      if (!decision) return false;
      if (this.#now() > decision.dueAt + tellForMs) {
        this.#giveUp(decision, 'given-up', null);
        return false;
      }
      const outcome = await this.#send(decision, { repeat: attempt > 0, ...(fault ? { fault } : {}) });
      if (outcome !== 'again') {
        this.#settle(decision);
        return outcome === 'taken';
      }
      await this.#wait(waits[Math.min(attempt, waits.length - 1)] ?? 0);
    }
  }
}

/** The police's callbacks; decisions not told before a restart are told after it. */
export const callbacksOf = (office: Office): Callbacks => new Teller(office);
