import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Callback, callbackKinds } from './callback-kinds.ts';
import { callbackFaults, type Fault } from './faults.ts';
import { garble } from './garble.ts';
import { textToSign } from './link/guard.ts';
import { signText } from './link/sm2.ts';
import { appIdOf, type Office } from './office.ts';

/** Milliseconds before the second, third … telling; the last one repeats. */
const waits = [300, 1000, 2000, 5000, 10_000, 30_000, 60_000];
/** Faults that strike when something is told; the overtaking one must strike before. */
const faultsOfTelling = new Set([...callbackFaults].filter((kind) => kind !== 'out-of-order'));
/** How long something is told before the system gives up. */
const tellForMs = 86_400_000;

/** What causes something to be told: an exchange (`police.submit-supervised-dismantling`), and the key it was asked under. */
export interface Cause {
  readonly by: string;
  readonly key: string;
}

/** Tells the supervision system, signed, what systems have to say later; repeats until it is taken. */
export interface Callbacks {
  /** Tells what that causes when it is due. */
  expect(cause: Cause): void;
  /** Expects everything not told before; call once, at the start. */
  resume(): void;
  /** Tells it before what causes it is acknowledged, if scripted; false when it was not scripted or not taken. */
  overtake(cause: Cause): Promise<boolean>;
  close(): void;
}

/** `taken`: code 0. `outdated`: nobody waits for it any more (4221), so it is not repeated. `again`: anything else, and no answer at all. */
type Told = 'taken' | 'outdated' | 'again';

type Garbled = Extract<Fault, { kind: 'garbled' }>['how'];

const bodyOf = ({ body }: Callback, garbled: Garbled | undefined): string =>
  garbled ? garble(body, garbled) : JSON.stringify(body);

const meaningOf = (answer: Buffer): Told => {
  const { code }: { code?: unknown } = JSON.parse(answer.toString('utf8')) ?? {};
  if (code === '0') return 'taken';
  return code === '4221' ? 'outdated' : 'again';
};

const post = async (
  { link, clock, world }: Office,
  { system, exchange, key }: Callback,
  message: { readonly body: string; readonly otherText: string; readonly signal: AbortSignal },
): Promise<Told> => {
  const url = `${world.settings.callbackUrl.replace(/\/$/, '')}/ext/${system}/${exchange}`;
  const timestamp = String(Math.floor(clock().getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const toSign = textToSign('POST', url, timestamp, nonce, Buffer.from(message.body));
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-app-id': appIdOf(system),
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-idempotency-key': encodeURIComponent(key),
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

/** Sends it once and writes that into the journal. Never throws. */
const sendOnce = async (office: Office, callback: Callback, manner: Manner, signal: AbortSignal): Promise<Told> => {
  const { journal, clock } = office;
  const { fault, repeat = false } = manner;
  const since = clock().getTime();
  const garbled = fault?.kind === 'garbled' ? fault.how : undefined;
  const message = { body: bodyOf(callback, garbled), otherText: garbled === 'signature' ? '?' : '', signal };
  // Whatever kept the callback from being taken, it is sent again; the journal shows it.
  const outcome = await post(office, callback, message).catch(() => 'again' as const);
  const now = clock();
  journal.add({ ...about(callback, now), outcome, fault: fault?.kind ?? null, repeat, ms: now.getTime() - since });
  return outcome;
};

const about = ({ system, exchange, key }: Callback, at: Date) =>
  ({ at: at.toISOString(), system, exchange, key, direction: 'out' }) as const;

const kindOf = ({ by }: Cause) => {
  const kind = callbackKinds[by];
  if (!kind) throw new Error(`${by} causes nothing to be told`);
  return kind;
};

/** Tells until it is taken, over what the world remembers. */
class Teller implements Callbacks {
  readonly #office: Office;
  readonly #busy = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stop = new AbortController();

  constructor(office: Office) {
    this.#office = office;
  }

  resume(): void {
    const { world } = this.#office;
    for (const [by, kind] of Object.entries(callbackKinds)) {
      // Several causes may share a collection: what a key has to be told of says whose it is.
      for (const [key] of world.entries(kind.collection))
        if (kind.untold(world, key)?.system === by.split('.')[0]) this.expect({ by, key });
    }
  }

  expect(cause: Cause): void {
    const dueAt = this.#untold(cause)?.dueAt ?? 0;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void this.#tellAlone(cause);
      },
      Math.max(dueAt - this.#now(), 0),
    );
    this.#timers.add(timer);
  }

  async overtake(cause: Cause): Promise<boolean> {
    const callback = this.#untold(cause);
    const fault = callback && this.#strike(callback, new Set(['out-of-order']));
    if (!callback || !fault) return false;
    const outcome = await this.#send(callback, { fault });
    if (outcome !== 'again') this.#settle(cause);
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

  #send(callback: Callback, manner: Manner): Promise<Told> {
    return sendOnce(this.#office, callback, manner, this.#stop.signal);
  }

  #strike({ system, exchange, key }: Callback, kinds: ReadonlySet<Fault['kind']>): Fault | undefined {
    const { faults, clock } = this.#office;
    return faults.strike({ system, exchange, key, now: clock() }, kinds);
  }

  /** What is still to be told; nothing when the program ends or everything was forgotten meanwhile. */
  #untold(cause: Cause): Callback | undefined {
    return this.#stop.signal.aborted ? undefined : kindOf(cause).untold(this.#office.world, cause.key);
  }

  #settle(cause: Cause): void {
    if (this.#untold(cause)) kindOf(cause).settle(this.#office.world, cause.key);
  }

  #giveUp(cause: Cause, callback: Callback, outcome: 'lost' | 'given-up', fault: Fault['kind'] | null): void {
    const { journal, clock } = this.#office;
    journal.add({ ...about(callback, clock()), outcome, fault, repeat: false, ms: 0 });
    this.#settle(cause);
  }

  async #tellAlone(cause: Cause): Promise<void> {
    const name = `${cause.by} ${cause.key}`;
    if (this.#busy.has(name)) return;
    this.#busy.add(name);
    await this.#tell(cause).finally(() => this.#busy.delete(name));
  }

  async #tell(cause: Cause): Promise<void> {
    const callback = this.#untold(cause);
    if (!callback) return;
    const fault = this.#strike(callback, faultsOfTelling);
    if (fault?.kind === 'never') return this.#giveUp(cause, callback, 'lost', fault.kind);
    if (fault?.kind === 'late') await this.#wait(fault.ms);
    if (fault?.kind === 'garbled') await this.#send(callback, { fault });
    const taken = await this.#tellUntilTaken(cause, fault?.kind === 'late' ? fault : undefined);
    if (taken && fault?.kind === 'twice') await this.#send(callback, { fault, repeat: true });
  }

  async #tellUntilTaken(cause: Cause, fault: Fault | undefined): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      const callback = this.#untold(cause);
      if (!callback) return false;
      if (this.#now() > callback.dueAt + tellForMs) {
        this.#giveUp(cause, callback, 'given-up', null);
        return false;
      }
      const outcome = await this.#send(callback, { repeat: attempt > 0, ...(fault ? { fault } : {}) });
      if (outcome !== 'again') {
        this.#settle(cause);
        return outcome === 'taken';
      }
      await this.#wait(waits[Math.min(attempt, waits.length - 1)] ?? 0);
    }
  }
}

/** What systems tell by themselves; what was not told before a restart is told after it. */
export const callbacksOf = (office: Office): Callbacks => new Teller(office);
