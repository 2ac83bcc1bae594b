import type { Hands } from '#apps/server/demo/hands.ts';
import { caseExportContract } from '#areas/elv/case-export/model/case-export.contract.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { type VehicleCaseAction, vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { stepContract } from '#areas/elv/vehicle-case/model/vehicle-case.steps.ts';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { type Client, clientOf, type Transport } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';

/** The password of every demo account. */
const password = 'Demo-2026!';

/** What one signed-in person can call, typed by the contracts; failures are thrown as {@link Failure}. */
export interface Caller {
  readonly cases: Client<typeof vehicleCaseContract>;
  readonly exports: Client<typeof caseExportContract>;
  step(
    action: VehicleCaseAction,
    input: { id: string; version: number; key: string; input?: Record<string, unknown> },
  ): Promise<{ readonly state: string; readonly version: number }>;
}

/** People at work over HTTP: hands as the demo's walks know them, and a typed caller for each person. */
export interface HttpHands extends Hands {
  as(who: string): Promise<Caller>;
  /** Has everything asked again that has no good answer; answers how many questions that were. */
  recheck(who: string, id: string): Promise<number>;
  /** The bytes of an export. */
  exportFile(who: string, id: string): Promise<Buffer>;
  /** The bytes of a photograph. */
  content(who: string, id: string, photoId: string): Promise<Buffer>;
}

const signIn = async (baseUrl: string, who: string, from: string | undefined): Promise<string> => {
  let cookie = '';
  const transport: Transport = {
    baseUrl,
    fetch: async (url, init) => {
      const headers = { ...init.headers, ...(from === undefined ? {} : { 'x-forwarded-for': from }) };
      const reply = await fetch(url, { ...init, headers });
      cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
      return reply;
    },
  };
  await clientOf(accountContract, transport).signIn({ userName: who, password });
  return cookie;
};

const callerOf = async (
  baseUrl: string,
  who: string,
  from: string | undefined,
): Promise<Caller & { readonly cookie: string }> => {
  const cookie = await signIn(baseUrl, who, from);
  const transport: Transport = {
    baseUrl,
    fetch: (url, { headers, ...init }) => fetch(url, { ...init, headers: { ...headers, cookie } }),
  };
  const steps = clientOf(
    stepContract as Readonly<Record<string, NonNullable<(typeof stepContract)['submit']>>>,
    transport,
  );
  return {
    cookie,
    cases: clientOf(vehicleCaseContract, transport),
    exports: clientOf(caseExportContract, transport),
    step: (action, input) => {
      const call = steps[action];
      if (!call) throw new Error(`${vehicleCase.actions[action].title} is no step of people`);
      return call(input);
    },
  };
};

const upload = async (
  url: string,
  cookie: string,
  photo: { readonly part: string; readonly key: string; readonly bytes: Uint8Array },
): Promise<void> => {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(photo.bytes)], { type: 'image/jpeg' }), `${photo.part}.jpg`);
  const headers = { cookie, 'x-requested-with': 'desk' };
  const sending = fetch(`${url}?key=${photo.key}`, { method: 'POST', headers, body: form });
  const [reply, body] = await sending
    .then(async (answer) => [answer, await answer.text()] as const)
    .catch(() => {
      throw new Failure(0, 'OFFLINE', 'the line was lost');
    });
  if (reply.ok) return;
  const { code, message }: { code: string; message: string } = JSON.parse(body);
  throw new Failure(reply.status, code, message);
};

/** Hands that reach the product at this address as any browser would. Each person signs in once, from another address if one is given. */
export const handsOverHttp = (baseUrl: string, from?: string): HttpHands => {
  const callers = new Map<string, ReturnType<typeof callerOf>>();
  const as = (who: string): ReturnType<typeof callerOf> => {
    const found = callers.get(who) ?? callerOf(baseUrl, who, from);
    callers.set(who, found);
    return found;
  };
  const bytesOf = async (who: string, path: string): Promise<Buffer> => {
    const { cookie } = await as(who);
    const reply = await fetch(`${baseUrl}${path}`, { headers: { cookie } });
    if (!reply.ok) throw new Failure(reply.status, 'CONTENT', await reply.text());
    return Buffer.from(await reply.arrayBuffer());
  };
  return {
    as,
    open: async (who, key, registeredWithPolice) => (await as(who)).cases.open({ key, registeredWithPolice }),
    save: async (who, id, section, before, values) => {
      const changes = Object.fromEntries(
        Object.entries(values).map(([name, now]) => [name, { was: before[name] ?? null, now }]),
      );
      await (await as(who)).cases.saveSection({ id, section, changes });
    },
    photograph: async (who, id, part, key, bytes) => {
      const { cookie } = await as(who);
      await upload(`${baseUrl}/api/elv/vehicle-cases/${id}/photos/${part}`, cookie, { part, key, bytes });
    },
    step: async (who, id, action, version, key, input) =>
      (await (await as(who)).step(action, { id, version, key, input: { ...input } })).state,
    version: async (who, id) => (await (await as(who)).cases.pulse({ id })).version,
    view: async (who, id) => (await as(who)).cases.get({ id }),
    exportFile: (who, id) => bytesOf(who, `/api/elv/vehicle-case-exports/${id}/file`),
    content: (who, id, photoId) => bytesOf(who, `/api/elv/vehicle-cases/${id}/photos/${photoId}/content`),
    recheck: async (who, id) => (await (await as(who)).cases.recheck({ id })).asked,
  };
};
