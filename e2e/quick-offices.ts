import type { FullConfig } from '@playwright/test';

/** Lets the bundled simulators answer soon what no story looks at while it waits; the decision of the police, which one does, takes its time. */
const quickOffices = async ({ webServer }: FullConfig): Promise<void> => {
  const port = webServer?.env?.SIMULATORS_PORT;
  const reply = await fetch(`http://127.0.0.1:${port}/admin/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ certificateDelayMs: 200, deregistrationDelayMs: 200 }),
  });
  if (!reply.ok) throw new Error(`the simulators take no settings: ${reply.status}`);
};

// The runner takes a set-up by its default export.
export default quickOffices;
