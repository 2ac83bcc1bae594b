import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import type { Contract } from '#kernel/contract/operation.ts';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => typeof one === 'object' && one !== null && 'method' in one && 'path' in one);

const addressesOf = (contract: Contract): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(contract).map(([name, { method, path }]) => [name, { method, path }])),
  );

/**
 * Of a contract a phone needs only where each operation is. What goes in and comes out is parsed by the server, and the types are
 * gone when a page is built; so the schemas, and the library they are made with, stay behind: a third of what a start would load.
 * Whatever else a contract's module exports is left out, and using it on the phone fails the build.
 */
export const contractsAsAddresses: Plugin = {
  name: 'contracts-as-addresses',
  enforce: 'pre',
  load: async (id) => {
    if (!/\/model\/[\w.-]+\.(contract|steps)\.ts$/.test(id)) return undefined;
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(id).href);
    return Object.entries(module)
      .flatMap(([name, value]) => (isContract(value) ? [`export const ${name} = ${addressesOf(value)};`] : []))
      .join('\n');
  },
};
