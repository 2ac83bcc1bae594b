import { simulatedClient } from '#apps/simulators/sign-on/client.ts';
import { usualSignIn } from '#areas/governance/account/server/account.parts.ts';
import { aServedProduct, type ServedProduct } from './served-product.ts';
import { type Caller, captchaWord, type DoorReply } from './sign-in-door.ts';
import { startSimulators, type TestSimulators } from './simulators.ts';

/** What the provider sends a browser back with. */
export interface Answer {
  readonly ticket: string;
  readonly code: string;
  readonly state: string;
  readonly iss?: string;
}

/** A sign-on that was begun: where the browser goes, and what it keeps. */
export interface Begun {
  readonly address: string;
  readonly ticket: string;
}

/** The product as shipped behind the simulated provider of the government's sign-on. */
export interface SignOnDoor {
  readonly provider: TestSimulators;
  readonly served: ServedProduct;
  begun(caller: Caller): Promise<Begun>;
  /** What the provider answers when somebody is chosen there. Errors: throws where it offers no such person, or sends the browser elsewhere. */
  answerOf(begun: Begun, subject: string): Promise<Answer>;
  finish(caller: Caller, answer: Answer): Promise<DoorReply>;
  close(): Promise<void>;
}

/** Where the product is reached, as the provider knows it. */
export const home = 'http://supervision.example:8080';

/** Goes to the provider's page as a browser would, chooses somebody, and reads the address it is sent back to. */
const choose = async (address: string, subject: string): Promise<URL> => {
  const page = await fetch(address);
  const html = await page.text();
  const link = [...html.matchAll(/href="(\/sign-on\/choose[^"]*)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .find((href) => href.includes(`subject=${subject}`));
  if (!link) throw new Error(`the provider offers no ${subject}: ${page.status}`);
  const reply = await fetch(new URL(link, address), { redirect: 'manual' });
  return new URL(reply.headers.get('location') ?? '');
};

/** Opens it. */
export const aSignOnDoor = async (): Promise<SignOnDoor> => {
  const provider = await startSimulators({ callbackUrl: home });
  const redirectUri = home + simulatedClient.callbackPath;
  const served = await aServedProduct('2026-11-23T02:00:00Z', {
    ...usualSignIn,
    captchaText: () => captchaWord,
    signOn: { ...simulatedClient, issuer: provider.url + simulatedClient.issuerPath, redirectUri },
  });
  return {
    provider,
    served,
    begun: async (caller) => (await caller.ask('POST', '/governance/sign-on')).body,
    answerOf: async ({ address, ticket }, subject) => {
      const back = await choose(address, subject);
      if (back.origin + back.pathname !== redirectUri) throw new Error(`sent back to ${back.origin}${back.pathname}`);
      const [code = '', state = '', iss = ''] = ['code', 'state', 'iss'].map(
        (name) => back.searchParams.get(name) ?? '',
      );
      return { ticket, code, state, iss };
    },
    finish: (caller, answer) => caller.ask('POST', '/governance/session/sign-on', answer),
    close: async () => {
      await served.close();
      await provider.close();
    },
  };
};
