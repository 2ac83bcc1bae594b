import { oneStopClient } from '#apps/simulators/one-stop/door.ts';
import type { CitizenRules } from '#areas/elv/citizen-application/model/real-name.ts';
import type { Settings } from './settings.ts';

/** The page the one-stop service sends a citizen's browser back to; to be registered there. */
export const citizenReturn = (publicUrl: string): string => new URL(oneStopClient.callbackPath, publicUrl).href;

/** How citizens come in to a product with these settings; without addresses of its own, at the bundled simulator. */
export const citizenRules = ({
  citizens,
  publicUrl,
  simulatorsPort,
}: Pick<Settings, 'citizens' | 'publicUrl' | 'simulatorsPort'>): CitizenRules => ({
  authorizeUrl: citizens.authorizeUrl ?? `http://127.0.0.1:${simulatorsPort}${oneStopClient.authorizePath}`,
  clientId: citizens.clientId,
  redirectUri: citizenReturn(publicUrl),
  leastLevel: citizens.leastLevel,
});
