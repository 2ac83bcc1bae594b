import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { shanghaiTime } from './exchange.ts';
import type { Fault } from './faults.ts';
import { textToSign } from './link/guard.ts';
import { signText } from './link/sm2.ts';
import { appIdOf, type Office } from './office.ts';
import type { EntryOf } from './world-entries.ts';

type Supervised = EntryOf<'supervised'>;

const path = '/inbound/police/supervised-decision';
const waits = [300, 1000, 2000, 5000, 10_000, 30_000];
const mostAttempts = 200;

/** Tells the supervision system, signed, what the police decided; repeats until it is taken. */
export interface Callbacks {
  /** Tells the decision of this key when it is due. */
  expect(key: string): void;
  /** Expects every decision not told before; call once, at the start. */
  resume(): void;
  /** Tells a decision at once and waits until it is taken, whatever its time; for the callback that overtakes. */
  tellNow(key: string): Promise<void>;
  /** Whether the next callback for this key is scripted to overtake; counts the fault as used. */
  overtakes(key: string): boolean;
  close(): void;
}

const bodyOf = (decision: Supervised, garbled: boolean): string =>
  JSON.stringify(
    garbled
      ? { caseNo: decision.caseNo, round: `第${decision.round}轮`, decision: 'maybe' }
      : {
          caseNo: decision.caseNo,
          round: decision.round,
          decision: decision.decision,
          opinion: decision.opinion,
          decidedAt: shanghaiTime(new Date(decision.dueAt)),
        },
  );

const post = async (office: Office, key: string, body: string, wrongSignature: boolean): Promise<'taken' | 'refused' | 'again'> => {
  const { link, clock, world } = office;
  const url = new URL(path, world.settings.callbackUrl);
  const timestamp = String(Math.floor(clock().getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const text = textToSign('POST', url.href, timestamp, nonce, Buffer.from(body));
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-app-id': appIdOf('police'),
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-idempotency-key': encodeURIComponent(key),
      'x-signature': signText(wrongSignature ? `${text}?` : text, link.keys),
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  const signed = textToSign('POST', url.href, response.headers.get('x-timestamp') ?? '', nonce, answer);
  if (!link.verifyPeer(signed, response.headers.get('x-signature') ?? '')) return 'again';
  const { code, retryable }: { code?: unknown; retryable?: unknown } = JSON.parse(answer.toString('utf8'));
  if (code === '0') return 'taken';
  return retryable === true ? 'again' : 'refused';
};

/** The police's callbacks over what the world remembers; decisions not told before a restart are told after it. */
export const callbacksOf = (office: Office): Callbacks => {
  const { world, faults, journal, clock } = office;
  const busy = new Set<string>();
  const stop = new AbortController();

  const note = (key: string, outcome: string, fault: string | null, repeat: boolean, since: number): void =>
    journal.add({ at: clock().toISOString(), system: 'police', exchange: 'supervised-decision', key, direction: 'out', outcome, fault, repeat, ms: clock().getTime() - since });

  const send = async (key: string, decision: Supervised, how: { garbled?: boolean; wrongSignature?: boolean; repeat?: boolean; fault?: string }) => {
    const since = clock().getTime();
    let outcome: 'taken' | 'refused' | 'again';
    try {
      outcome = await post(office, key, bodyOf(decision, how.garbled === true), how.wrongSignature === true);
    } catch {
      // Whatever kept the callback from being taken, it is sent again; the journal shows it.
      outcome = 'again';
    }
    note(key, outcome, how.fault ?? null, how.repeat === true, since);
    return outcome;
  };

  const untilTaken = async (key: string, decision: Supervised): Promise<void> => {
    for (let attempt = 0; attempt < mostAttempts && !stop.signal.aborted; attempt += 1) {
      if ((await send(key, decision, { repeat: attempt > 0 })) !== 'again') break;
      await sleep(waits[Math.min(attempt, waits.length - 1)] ?? 30_000, undefined, { signal: stop.signal }).catch(() => undefined);
    }
    if (!stop.signal.aborted) world.put('supervised', key, { ...decision, told: true });
  };

  const tell = async (key: string, decision: Supervised, fault: Fault | undefined): Promise<void> => {
    if (fault?.kind === 'never') {
      note(key, 'lost', fault.kind, false, clock().getTime());
      world.put('supervised', key, { ...decision, told: true });
      return;
    }
    if (fault?.kind === 'late') await sleep(fault.ms, undefined, { signal: stop.signal }).catch(() => undefined);
    if (fault?.kind === 'garbled') {
      await send(key, decision, { garbled: fault.how !== 'signature', wrongSignature: fault.how === 'signature', fault: fault.kind });
    }
    await untilTaken(key, decision);
    if (fault?.kind === 'twice') await send(key, decision, { repeat: true, fault: fault.kind });
  };

  const start = async (key: string, fault: Fault | undefined): Promise<void> => {
    const decision = world.get('supervised', key);
    if (!decision || decision.told || busy.has(key)) return;
    busy.add(key);
    try {
      await tell(key, decision, fault);
    } finally {
      busy.delete(key);
    }
  };

  const timers = new Set<NodeJS.Timeout>();
  const expect = (key: string): void => {
    const dueAt = world.get('supervised', key)?.dueAt ?? 0;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void start(key, faults.strike('police', 'supervised-decision', key, clock()));
      },
      Math.max(dueAt - clock().getTime(), 0),
    );
    timers.add(timer);
  };

  return {
    expect,
    resume: () => {
      for (const { caseNo, round, told } of world.values('supervised')) if (!told) expect(`${caseNo}-${round}`);
    },
    tellNow: (key) => start(key, undefined),
    overtakes: (key) => faults.strikeKind('police', 'supervised-decision', key, clock(), 'out-of-order'),
    close: () => {
      stop.abort();
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
