import { expect, test } from 'vitest';
import { openFilesHere, openFilesWarning } from './open-files.ts';

test('T2.2: fewer files than connections may take are warned of with the number that fits', () => {
  const settings = { mostConnections: 4_000, poolSize: 20 };
  expect(openFilesWarning(settings, 4_096)).toContain('CONNECTIONS 调低到 3876 以下');
  expect([openFilesWarning(settings, 4_220), openFilesWarning(settings, null)]).toEqual([null, null]);
});

test('T2.2: the limit of this process is read; none is known where nothing tells', () => {
  expect(openFilesHere()).toBeGreaterThan(100);
  expect(openFilesHere('/no/such/file')).toBeNull();
});
