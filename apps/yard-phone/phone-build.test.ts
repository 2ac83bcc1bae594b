import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contractsAsAddresses } from './contracts-as-addresses.ts';
import { wayOf } from './shell-cache.ts';

const shell = { name: 'a', files: ['/yard/', '/yard/assets/phone-1.js'] };
const origin = 'https://elv.example';
const way = (path: string, mode = 'cors', method = 'GET') =>
  wayOf(shell, { url: `${origin}${path}`, method, mode }, origin);

describe('what the phone keeps of the server', () => {
  test('R03: the shell’s files are kept, its pages come from the server first', () => {
    expect(way('/yard/assets/phone-1.js')).toBe('kept');
    expect(way('/yard/cases/1', 'navigate')).toBe('page');
  });

  test('R44: no answer of the API is ever kept, nor a page of the desk, nor what comes from elsewhere', () => {
    expect(way('/api/elv/yard-tasks')).toBe('past');
    expect(way('/api/elv/vehicle-cases/1/photos/2/content')).toBe('past');
    expect(way('/elv/my-work', 'navigate')).toBe('past');
    expect(way('/yard/assets/phone-1.js', 'cors', 'POST')).toBe('past');
    expect(wayOf(shell, { url: 'https://other.example/yard/', method: 'GET', mode: 'navigate' }, origin)).toBe('past');
  });

  test('R03: it can be installed: a name, a start, and icons that are there', () => {
    const shelf = new URL('public/', import.meta.url);
    const { start_url, scope, display, icons } = JSON.parse(
      readFileSync(new URL('manifest.webmanifest', shelf), 'utf8'),
    );
    expect({ start_url, scope, display }).toEqual({ start_url: '/yard/', scope: '/yard/', display: 'standalone' });
    const sizes = (icons as { src: string; sizes: string }[]).map(({ src, sizes }) => {
      expect(existsSync(new URL(src.replace('/yard/', ''), shelf)), src).toBe(true);
      return sizes;
    });
    expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
  });

  test('T3.1: a contract comes to the phone as addresses, without schemas', async () => {
    const load = contractsAsAddresses.load as (id: string) => Promise<string | undefined>;
    const file = new URL('../../areas/elv/vehicle-case/model/yard-task.contract.ts', import.meta.url).pathname;
    expect(await load(file)).toBe(
      'export const yardTaskContract = {"yardTasks":{"method":"GET","path":"/elv/yard-tasks"},"yardTask":{"method":"GET","path":"/elv/yard-tasks/{id}"}};',
    );
    expect(await load('/areas/elv/vehicle-case/model/yard.fields.ts')).toBeUndefined();
  });
});
