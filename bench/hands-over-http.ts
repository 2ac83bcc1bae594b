import type { Hands } from '#apps/server/demo/hands.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { stepContract } from '#areas/elv/vehicle-case/model/vehicle-case.steps.ts';
import { photoView } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import { multipart } from './multipart.ts';
import type { Person } from './people.ts';

/** Told how long each call took. */
export type OnCall = (what: keyof Hands, milliseconds: number) => void;

const upload = async ({ transport, send }: Person, id: string, part: string, key: string, bytes: Uint8Array) => {
  const { url } = addressOf(vehicleCaseContract.addPhoto, { id, part });
  const isPdf = Buffer.from(bytes.subarray(0, 4)).toString() === '%PDF';
  const [name, mediaType] = isPdf ? [`${part}.pdf`, 'application/pdf'] : [`${part}.jpg`, 'image/jpeg'];
  const { contentType, body } = multipart(name, mediaType, bytes);
  const reply = await send(
    `${transport.baseUrl}${url}?key=${key}`,
    'POST',
    { 'x-requested-with': 'desk', 'content-type': contentType },
    body,
  );
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${part} was not taken: ${reply.status} ${text}`);
  photoView.parse(JSON.parse(text));
};

const timed = (hands: Hands, onCall: OnCall): Hands =>
  Object.fromEntries(
    Object.entries(hands).map(([name, call]: [string, (...args: unknown[]) => Promise<unknown>]) => [
      name,
      async (...args: unknown[]) => {
        const began = performance.now();
        const result = await call(...args);
        onCall(name as keyof Hands, performance.now() - began);
        return result;
      },
    ]),
    // Each entry keeps its own arguments and answer.
  ) as unknown as Hands;

/** Hands that work through HTTP, as the desk's pages do. */
export const handsOverHttp = (byName: (userName: string) => Person, onCall: OnCall): Hands => {
  const api = (who: string) => clientOf(vehicleCaseContract, byName(who).transport);
  return timed(
    {
      open: (who, key, registeredWithPolice) => api(who).open({ key, registeredWithPolice }),
      save: async (who, id, section, before, values) => {
        const changes = Object.fromEntries(
          Object.entries(values).map(([name, now]) => [name, { was: before[name] ?? null, now }]),
        );
        await api(who).saveSection({ id, section, changes });
      },
      photograph: (who, id, part, key, bytes) => upload(byName(who), id, part, key, bytes),
      step: async (who, id, action, version, key, input) => {
        const step = stepContract[action];
        if (!step) throw new Error(`${action} is taken by no person`);
        return (await clientOf({ step }, byName(who).transport).step({ id, version, key, input })).state;
      },
      view: (who, id) => api(who).get({ id }),
      version: async (who, id) => (await api(who).pulse({ id })).version,
    },
    onCall,
  );
};
