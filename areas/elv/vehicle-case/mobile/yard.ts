import { Failure } from '#kernel/contract/failure.ts';
import { failureOf } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import type { YardSection } from '../model/yard-section.ts';
import type { YardTask } from '../model/yard-task.contract.ts';
import { type PhotoQueue, photoQueue } from './photo-queue.ts';
import { textKeeper } from './text-keeper.ts';
import type { Person, WaitingPhoto } from './waiting-photo.ts';
import { saveTexts, sendPhoto, takeOutPhoto, yardApi } from './yard-api.ts';
import type { KeptTasks, WaitingText, YardShelf } from './yard-shelf.ts';

/** What the screens draw. */
export interface YardView {
  readonly person: Person;
  /** Whether the server answered the last time it was asked. */
  readonly reached: boolean;
  readonly tasks: KeptTasks | undefined;
  /** Everybody's, as they stand on this phone. */
  readonly photos: readonly WaitingPhoto[];
  readonly texts: readonly WaitingText[];
}

/** A photograph as the camera gave it. */
export interface Shot {
  readonly file: Blob;
  /** ISO instant. */
  readonly takenAt: string;
  readonly place: string | null;
}

/** The yard's work on this phone, for one person. Screens read `view()` and are told of changes. */
export interface Yard {
  view(): YardView;
  subscribe(listener: () => void): () => void;
  /** Asks the server what waits. Errors: throws nothing; `reached` tells. */
  refresh(): Promise<void>;
  /** Asks for one task; null when it waits no more. Errors: throws Failure. */
  refreshTask(caseId: string): Promise<YardTask | null>;
  /** Finds tasks by plate. Errors: throws Failure. */
  search(q: string): Promise<readonly YardTask[]>;
  /** Keeps a photograph on the phone and sends it as soon as can be. `instead`: takes the place of that one. */
  take(task: YardTask, part: string, shot: Shot, instead?: string): Promise<void>;
  /** Keeps what was typed in a field on the phone at once; {@link Yard.send} brings it to the server. */
  type(task: YardTask, field: string, value: unknown): Promise<void>;
  /** Settles a field somebody else was quicker in: the own words stay, or go. */
  choose(textId: string, field: string, own: boolean): Promise<void>;
  /** Sends what is due, photographs and words. */
  send(): void;
  readonly queue: PhotoQueue;
  readonly shelf: YardShelf;
  /** Ends listening and timers; nothing on the shelf is touched. */
  close(): void;
}

/** What a yard works with. */
export interface YardParts {
  readonly shelf: YardShelf;
  readonly person: Person;
  readonly onSignedOut: (words: string) => void;
}

const noTotals: KeptTasks['totals'] = { tow: 0, entry: 0, dismantling: 0 };

const every = (milliseconds: number, act: () => void): (() => void) => {
  const timer = setInterval(act, milliseconds);
  return () => clearInterval(timer);
};

/** The task with one more photograph, without those it replaced. */
const withArrived = (task: YardTask, photo: WaitingPhoto, name: string): YardTask => ({
  ...task,
  slots: task.slots.map((slot) => {
    if (slot.part !== photo.part || photo.photoId === null) return slot;
    const left = slot.many ? slot.photos.filter(({ id }) => !photo.replaces.includes(id) && id !== photo.photoId) : [];
    const arrived = {
      id: photo.photoId,
      uploadedAt: new Date().toISOString(),
      operatorName: name,
      deviceTime: photo.takenAt,
      place: photo.place,
    };
    return { ...slot, photos: [...left, arrived] };
  }),
});

const mergedTasks = (
  kept: KeptTasks | undefined,
  personId: string,
  task: YardTask | null,
  caseId: string,
): KeptTasks => {
  const before = kept ?? { personId, toldAt: 0, totals: noTotals, tasks: [] };
  const at = before.tasks.findIndex((one) => one.caseId === caseId);
  if (task === null) return { ...before, tasks: before.tasks.filter((one) => one.caseId !== caseId) };
  if (at < 0) return { ...before, tasks: [...before.tasks, task] };
  return { ...before, tasks: before.tasks.map((one, index) => (index === at ? task : one)) };
};

/** Tasks found by their plate that stand further back than a list goes; where a list is whole, who is not in it waits no more. */
const untold = (
  known: readonly YardTask[],
  stages: readonly { readonly section: YardSection; readonly total: number; readonly tasks: readonly YardTask[] }[],
): readonly YardTask[] =>
  stages.flatMap(({ section, total, tasks }) =>
    total === tasks.length
      ? []
      : known.filter((one) => one.section === section && !tasks.some(({ caseId }) => caseId === one.caseId)),
  );

/** What the shelf holds, read again whenever something changes; the screens get one value for each change. */
const viewing = ({ shelf, person }: YardParts) => {
  const listeners = new Set<() => void>();
  let view: YardView = { person, reached: navigator.onLine, tasks: undefined, photos: [], texts: [] };
  const change = (next: Partial<YardView>): void => {
    view = { ...view, ...next };
    for (const listener of listeners) listener();
  };
  const read = async (): Promise<void> => {
    const [photos, texts, tasks] = await Promise.all([shelf.photos(), shelf.texts(), shelf.tasks()]);
    change({
      photos,
      texts: texts.filter(({ personId }) => personId === person.id),
      tasks: tasks?.personId === person.id ? tasks : undefined,
    });
  };
  return {
    view: () => view,
    change,
    read,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** Asking the server: whether it answered is kept in the view, an ended session is told. Errors: throws Failure. */
const asking =
  ({ onSignedOut }: YardParts, change: (next: Partial<YardView>) => void) =>
  async <T>(call: Promise<T>): Promise<T> => {
    try {
      const answer = await call;
      change({ reached: true });
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      change({ reached: failure.status !== 0 });
      if (failure.status === 401) onSignedOut(failure.message);
      throw failure;
    }
  };

/** Opens the yard for a person; what is on the shelf is there at once, the server is asked meanwhile. */
export const openYard = (parts: YardParts): Yard => {
  const { shelf, person, onSignedOut } = parts;
  const { view, change, read, subscribe } = viewing(parts);
  const ask = asking(parts, change);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keepTask = async (caseId: string, task: YardTask | null): Promise<void> => {
    await shelf.keepTasks(mergedTasks(view().tasks, person.id, task, caseId));
    await read();
  };
  const arrived = (photo: WaitingPhoto): void => {
    const task = view().tasks?.tasks.find(({ caseId }) => caseId === photo.caseId);
    change({ reached: true });
    if (task) void keepTask(photo.caseId, withArrived(task, photo, person.name));
  };
  const queue = photoQueue({
    shelf,
    send: async (photo) => {
      const outcome = await sendPhoto(photo);
      change({ reached: outcome.kind !== 'unreachable' });
      return outcome;
    },
    takeOut: takeOutPhoto,
    now: Date.now,
    page: newKey(),
    every,
    onChange: () => void read(),
    onSignedOut,
    onArrived: arrived,
  });
  const words = textKeeper(shelf, person.id);
  const sendWords = async (): Promise<void> => {
    for (const caseId of await words.push((text) => ask(saveTexts(text)))) {
      const { task } = await ask(yardApi.yardTask({ id: caseId }));
      await keepTask(caseId, task);
    }
    await read();
  };
  const send = (): void => {
    clearTimeout(timer);
    if (!navigator.onLine) {
      change({ reached: false });
      return;
    }
    // What could not be asked now is asked at the next occasion.
    void sendWords().catch(() => undefined);
    void queue.drain(person.id).then((due) => {
      clearTimeout(timer);
      if (due !== null) timer = setTimeout(send, Math.max(1_000, due - Date.now()));
    });
  };
  const refresh = async (): Promise<void> => {
    try {
      const { stages } = await ask(yardApi.yardTasks({}));
      const totals = Object.fromEntries(stages.map(({ section, total }) => [section, total]));
      const tasks = [...stages.flatMap((stage) => stage.tasks), ...untold(view().tasks?.tasks ?? [], stages)];
      // Every section is told.
      const told = { personId: person.id, toldAt: Date.now(), totals: totals as Record<YardSection, number>, tasks };
      await shelf.keepTasks(told);
      await read();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  };
  const wake = (): void => {
    if (document.visibilityState === 'hidden' || !navigator.onLine) {
      change({ reached: view().reached && navigator.onLine });
      return;
    }
    void queue.hurry().then(send);
    void refresh();
  };
  for (const event of ['online', 'offline'] as const) window.addEventListener(event, wake);
  document.addEventListener('visibilitychange', wake);
  const stopListening = shelf.onChange(() => void read());
  void read().then(wake);

  return {
    view,
    subscribe,
    refresh,
    refreshTask: async (caseId) => {
      const { task } = await ask(yardApi.yardTask({ id: caseId }));
      await keepTask(caseId, task);
      return task;
    },
    search: async (q) => {
      const { stages } = await ask(yardApi.yardTasks({ q }));
      return stages.flatMap(({ tasks }) => tasks);
    },
    take: async (task, part, shot, instead) => {
      const slot = task.slots.find((one) => one.part === part);
      const before = view().photos.find(({ id }) => id === instead);
      const forgotten = before !== undefined && (await queue.forget(before.id));
      await queue.add({
        id: newKey(),
        takenBy: person.id,
        takenByName: person.name,
        caseId: task.caseId,
        caseNo: task.caseNo,
        plateNo: task.plateNo,
        section: task.section,
        part,
        title: slot?.title ?? part,
        takenAt: shot.takenAt,
        place: shot.place,
        picture: shot.file,
        state: 'waiting',
        attempts: 0,
        nextAt: 0,
        lease: null,
        photoId: null,
        refusal: null,
        replaces: before ? before.replaces : instead === undefined || !slot?.many ? [] : [instead],
        after: before && !forgotten ? before.id : null,
      });
      send();
    },
    type: async (task, field, value) => {
      await words.type(task, field, value);
      await read();
    },
    choose: async (textId, field, own) => {
      await words.choose(textId, field, own);
      await read();
      send();
    },
    send,
    queue,
    shelf,
    close: () => {
      clearTimeout(timer);
      stopListening();
      for (const event of ['online', 'offline'] as const) window.removeEventListener(event, wake);
      document.removeEventListener('visibilitychange', wake);
    },
  };
};
