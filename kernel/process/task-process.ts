import { type ChildProcess, fork } from 'node:child_process';

/** A process that died, fell silent or broke down over a task: the task may be tried again, by a new one. */
export class ProcessLost extends Error {}

/** How the process is used. */
export interface TaskProcessSettings {
  /** The program: it is sent tasks with an `id`, says news with that `id`, and ends itself on `disconnect`. */
  readonly file: string;
  /** So long without work, and the process ends and gives its memory back. */
  readonly idleSeconds: number;
  /** So long without any news of a task, and the process is killed. */
  readonly silenceSeconds: number;
  /** Flags of its Node, such as bounds of its memory; none unless given. */
  readonly flags?: readonly string[];
  /** Its environment; ours unless given. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** What the news of a task comes to: its result, or nothing yet. */
export type Heard<Result> = { readonly result: Result } | undefined;

/** Tasks done by a process of their own. */
export interface TaskProcess<Task, News> {
  /** One task in its turn. `hear` judges each news of it; what it throws ends the task, and a {@link ProcessLost} the process too. Errors: {@link ProcessLost}, or what `hear` throws. */
  run<Result>(task: Task, hear: (news: News) => Heard<Result>): Promise<Result>;
  /** The process id while one runs; null at rest. */
  pid(): number | null;
  /** Ends the process; tasks under way and waiting are rejected. */
  close(): Promise<void>;
}

interface Child {
  readonly process: ChildProcess;
  readonly gone: Promise<void>;
}

const startChild = ({ file, flags = [], env = process.env }: TaskProcessSettings): Child => {
  const child = fork(file, [], {
    env: { ...env },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...flags],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    // Stays for good: a task that cannot be sent any more must not end the whole server.
    child.on('error', () => {
      if (child.pid === undefined) resolve();
    });
  });
  // A process that has nothing to do keeps nobody awake.
  child.unref();
  child.channel?.unref();
  return { process: child, gone };
};

const ended = async ({ process: child, gone }: Child): Promise<void> => {
  // Whoever waits for its end must not fall asleep over it.
  child.ref();
  child.kill('SIGKILL');
  await gone;
};

const resultBy = <News extends { readonly id: number }, Result>(
  { process: child }: Child,
  task: { readonly id: number },
  silenceMs: number,
  hear: (news: News) => Heard<Result>,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(silence);
      child.off('message', onNews).off('exit', onEnd).off('error', onEnd);
      child.unref();
      child.channel?.unref();
      finish();
    };
    const lose = (why: string): void => settle(() => reject(new ProcessLost(why)));
    const onEnd = (): void => lose('the process ended');
    const onNews = (news: News): void => {
      if (news.id !== task.id) return;
      silence.refresh();
      try {
        const heard = hear(news);
        if (heard) settle(() => resolve(heard.result));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const silence = setTimeout(() => lose('the process fell silent'), silenceMs);
    child.ref();
    child.channel?.ref();
    child.on('message', onNews).on('exit', onEnd).on('error', onEnd);
    if (child.connected) child.send(task);
    else onEnd();
  });

/**
 * Tasks in a process of their own, one at a time, so that what a task does to its memory happens to nobody else: started with the first
 * task, ended when idle, killed when silent, started anew after it was lost. A process that was lost is forgotten first and waited for, so
 * that no task ever meets it.
 */
export const taskProcessOf = <Task extends object, News extends { readonly id: number }>(
  settings: TaskProcessSettings,
): TaskProcess<Task, News> => {
  const { idleSeconds, silenceSeconds } = settings;
  let child: Child | null = null;
  let rest: NodeJS.Timeout | undefined;
  let lastTask = 0;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  const running = (): Child => {
    if (child) return child;
    const started = startChild(settings);
    child = started;
    void started.gone.then(() => {
      if (child === started) child = null;
    });
    return started;
  };
  const end = async (): Promise<void> => {
    clearTimeout(rest);
    const ending = child;
    child = null;
    if (ending) await ended(ending);
  };
  const runNow = async <Result>(task: Task, hear: (news: News) => Heard<Result>): Promise<Result> => {
    if (closed) throw new ProcessLost('no task is taken any more');
    clearTimeout(rest);
    lastTask += 1;
    const used = running();
    try {
      return await resultBy(used, { ...task, id: lastTask }, silenceSeconds * 1000, hear);
    } catch (error) {
      if (error instanceof ProcessLost) {
        if (child === used) child = null;
        await ended(used);
      }
      throw error;
    } finally {
      rest = setTimeout(() => void end(), idleSeconds * 1000).unref();
    }
  };
  return {
    run: (task, hear) => {
      const result = queue.then(() => runNow(task, hear));
      queue = result.catch(() => undefined);
      return result;
    },
    pid: () => child?.process.pid ?? null,
    close: async () => {
      closed = true;
      await end();
    },
  };
};
