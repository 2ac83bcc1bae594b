import { setTimeout as pause } from 'node:timers/promises';
import type { FullConfig } from '@playwright/test';

/** Lets the bundled simulators answer soon what no story looks at while it waits; the decision of the police, which one does, takes its time. */
const quickOffices = async ({ webServer }: FullConfig): Promise<void> => {
  const address = `http://127.0.0.1:${webServer?.env?.SIMULATORS_PORT}/admin/settings`;
  const init = {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ certificateDelayMs: 200, deregistrationDelayMs: 200 }),
  };
  // The product is ready before the offices outside are.
  for (let tries = 0; ; tries += 1) {
    const status = await fetch(address, init).then(
      (reply) => reply.status,
      (error: unknown) => String(error),
    );
    if (status === 200) return;
    if (tries === 60) throw new Error(`the simulators take no settings: ${status}`);
    await pause(1_000);
  }
};

// The runner takes a set-up by its default export.
export default quickOffices;
