import type { YardSection } from '../model/yard-section.ts';
import type { YardTask } from '../model/yard-task.contract.ts';
import type { Person, WaitingPhoto } from './waiting-photo.ts';

/** Why the server did not take what was typed in a field; with what stands there instead, and by whom, where somebody was quicker. */
export interface TextTrouble {
  readonly message: string;
  readonly instead?: { readonly value: unknown; readonly by: string | null };
}

/** What was typed on this phone and the server does not have yet, with what stood there when the person began. */
export interface WaitingText {
  /** `person/case/section`. */
  readonly id: string;
  readonly personId: string;
  readonly caseId: string;
  readonly section: YardSection;
  readonly changes: Readonly<Record<string, { readonly was: unknown; readonly now: unknown }>>;
  /** By field; such a field waits for the person. */
  readonly trouble: Readonly<Record<string, TextTrouble>>;
}

/** Who was signed in last on this phone, and when the server last said so (milliseconds). */
export interface Remembered extends Person {
  readonly confirmedAt: number;
}

/** The list of what waits, as it was last told. */
export interface KeptTasks {
  readonly personId: string;
  /** Milliseconds of the phone's clock. */
  readonly toldAt: number;
  readonly totals: Readonly<Record<YardSection, number>>;
  readonly tasks: readonly YardTask[];
}

/**
 * What a phone keeps while it has no network, and over being closed: photographs and words on their way, the tasks of who is signed
 * in, and who that is. Every page of the phone sees the same shelf; a change of one photograph is one step, whoever else changes it.
 */
export interface YardShelf {
  photos(): Promise<readonly WaitingPhoto[]>;
  addPhoto(photo: WaitingPhoto): Promise<void>;
  /** Changes one photograph as it stands: `null` takes it away, `undefined` leaves it. Answers what stands then. */
  changePhoto(
    id: string,
    change: (photo: WaitingPhoto) => WaitingPhoto | null | undefined,
  ): Promise<WaitingPhoto | undefined>;
  texts(): Promise<readonly WaitingText[]>;
  /** The same for words; `change` gets undefined where there are none yet. */
  changeText(id: string, change: (text: WaitingText | undefined) => WaitingText | null | undefined): Promise<void>;
  tasks(): Promise<KeptTasks | undefined>;
  keepTasks(tasks: KeptTasks | null): Promise<void>;
  person(): Promise<Remembered | undefined>;
  keepPerson(person: Remembered | null): Promise<void>;
  /** Tells when another page of this phone has changed something. Answers how to stop listening. */
  onChange(listener: () => void): () => void;
}
