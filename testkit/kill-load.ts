import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { VehicleCaseAction } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { type HttpHands, handsOverHttp } from './http-hands.ts';
import { type SteadyPeople, steadyPeople } from './steady-hands.ts';
import { waitUntil } from './wait-until.ts';

/** A step the product said it had taken. */
export interface TakenStep {
  readonly id: string;
  readonly action: string;
  readonly key: string;
  readonly version: number;
}

/** What people at work were told while the product was killed under them again and again: all of it must be there ever after. */
export interface KillLoad {
  readonly hands: HttpHands;
  readonly people: SteadyPeople;
  /** Short cases by the key they were opened under. */
  readonly opened: ReadonlyMap<string, string>;
  readonly taken: readonly TakenStep[];
  /** Cases that went through a whole life. */
  readonly lives: readonly string[];
  /** Exports the product said it would write. */
  readonly exported: readonly string[];
  /** Everybody signs in and begins. */
  begin(): Promise<void>;
  /** Resolves when so many more steps of short cases have been acknowledged. Errors: rejects with what stopped somebody. */
  more(steps: number): Promise<void>;
  /** Everybody ends what they have begun. Errors: rejects with what stopped somebody. */
  end(): Promise<void>;
}

const clerks = ['clerk1', 'clerk1b', 'clerk2'] as const;

class Load implements KillLoad {
  readonly hands: HttpHands;
  readonly people: SteadyPeople;
  readonly opened = new Map<string, string>();
  readonly taken: TakenStep[] = [];
  readonly lives: string[] = [];
  readonly exported: string[] = [];
  #stopping = false;
  #work: Promise<unknown> = Promise.resolve();

  constructor(url: string) {
    this.hands = handsOverHttp(url);
    this.people = steadyPeople(this.hands);
  }

  async begin(): Promise<void> {
    // Everybody is signed in before the first stroke.
    await Promise.all([...clerks, 'clerk3', 'desk1', 'commission1', 'export1'].map((who) => this.hands.as(who)));
    const again = async (one: () => Promise<unknown>): Promise<void> => {
      while (!this.#stopping) await one();
    };
    this.#work = Promise.all([
      ...clerks.map((who) => again(() => this.#shortCase(who))),
      again(async () => this.lives.push(await this.people.wholeLife('clerk3'))),
      again(() => this.#export()),
    ]);
    // Told to whoever waits for more, or for the end.
    this.#work.catch(() => undefined);
  }

  async more(steps: number): Promise<void> {
    const before = this.taken.length;
    await Promise.race([waitUntil(() => this.taken.length >= before + steps), this.#work]);
  }

  async end(): Promise<void> {
    this.#stopping = true;
    await this.#work;
  }

  async #step(who: string, id: string, action: VehicleCaseAction, version: number): Promise<number> {
    const key = randomUUID();
    const caller = await this.hands.as(who);
    const input = { reason: '现场核对后写明的原因' };
    const done = await this.people.untilAnswered(() => caller.step(action, { id, version, key, input }));
    this.taken.push({ id, action, key, version: done.version });
    return done.version;
  }

  /** One case from its opening to its end: saved, raised, lowered and discarded, with questions to the police under way. */
  async #shortCase(who: string): Promise<void> {
    const { people } = this;
    const { cases } = await this.hands.as(who);
    const key = randomUUID();
    const { id } = await people.untilAnswered(() => cases.open({ key }));
    this.opened.set(key, id);
    const changes = people.papers();
    const { version } = await people.untilAnswered(() => cases.saveSection({ id, section: 'papers', changes }));
    const raised = await this.#step(who, id, 'raiseSupervision', version);
    const lowered = await this.#step('commission1', id, 'lowerSupervision', raised);
    await this.#step(who, id, 'discard', lowered);
  }

  /** Everything there is is exported, one file after the other. */
  async #export(): Promise<void> {
    const { exports } = await this.hands.as('export1');
    const asked = { key: randomUUID(), filter: {}, reason: '每日核对全部案卷' };
    const { id } = await this.people.untilAnswered(() =>
      exports.exportCases(asked).catch((error: unknown) => {
        // Before the first case there is nothing to export.
        throw error instanceof Failure && error.code === 'NOTHING' ? new Failure(503, error.code, '') : error;
      }),
    );
    this.exported.push(id);
    await waitUntil(async () => {
      await pause(200);
      const list = await this.people.untilAnswered(() => exports.listExports({}));
      const state = list.find((one) => one.id === id)?.state;
      return this.#stopping || (state !== 'queued' && state !== 'running');
    });
  }
}

/** A load on a product that is to be killed. */
export const killLoad = (url: string): KillLoad => new Load(url);
