import { fork } from 'node:child_process';
import { join } from 'node:path';

/** The running simulators. */
export interface RunningSimulators {
  readonly url: string;
  stop(): Promise<void>;
}

/** How to run the bundled simulators. */
export interface SimulatorsStart {
  readonly home: string;
  readonly port: number;
  readonly callbackUrl: string;
  /** Where the simulated sign-on sends a browser back to. */
  readonly signOnRedirect: string;
  /** The same of the simulated one-stop service. */
  readonly oneStopRedirect: string;
  readonly linkKeysFile: string;
  readonly stateFile: string;
}

const isReady = (message: unknown): message is { ready: true; port: number } =>
  typeof message === 'object' &&
  message !== null &&
  'ready' in message &&
  'port' in message &&
  typeof message.port === 'number';

/** Starts the simulators as a program of their own, which ends with us. Errors: rejects when they do not come up. */
export const startSimulators = (start: SimulatorsStart): Promise<RunningSimulators> =>
  new Promise((resolve, reject) => {
    const child = fork(join(start.home, 'apps/simulators/main.ts'), [], {
      cwd: start.home,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        SIMULATORS_PORT: String(start.port),
        CALLBACK_URL: start.callbackUrl,
        SIGN_ON_REDIRECT: start.signOnRedirect,
        ONE_STOP_REDIRECT: start.oneStopRedirect,
        LINK_KEYS_FILE: start.linkKeysFile,
        STATE_FILE: start.stateFile,
      },
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`仿真系统没有启动（退出码 ${code}）`)));
    child.on('message', (message) => {
      if (!isReady(message)) return;
      resolve({
        url: `http://127.0.0.1:${message.port}`,
        stop: () =>
          new Promise((stopped) => {
            if (child.exitCode !== null) return stopped();
            child.once('exit', () => stopped());
            child.kill('SIGTERM');
          }),
      });
    });
  });
