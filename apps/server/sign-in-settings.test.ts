import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { usualRules } from '#areas/governance/account/model/sign-in-rules.ts';
import { readSettings, SettingsWrong } from './settings.ts';
import { signInSetup, signInVariables } from './sign-in-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'sign-in-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (environment: Record<string, string> = {}) => readSettings({ MODE: 'demo', ...environment }, folder);
const secretFile = join(folder, 'secret');
writeFileSync(secretFile, 'a-secret\n');
const signOn = {
  SIGN_ON_ISSUER: 'https://id.example',
  SIGN_ON_CLIENT_ID: 'us',
  SIGN_ON_CLIENT_SECRET_FILE: secretFile,
};

describe('R42: the settings of signing in', () => {
  test('are the shipped rules unless set', () => {
    const { signIn, session } = read();
    expect(signIn).toEqual({ rules: usualRules, signOn: null, authorities: [] });
    expect(session).toEqual({ idleMinutes: 15, absoluteMinutes: 720 });
  });

  test('all stand in docs/settings.md', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8');
    for (const name of Object.keys(signInVariables)) expect(text).toContain(`\`${name}\``);
  });

  test.each([
    ['PASSWORD_MIN_LENGTH', '7'],
    ['PASSWORD_CLASSES', '2'],
    ['PASSWORD_HISTORY', '4'],
    ['PASSWORD_MAX_DAYS', '91'],
    ['SIGN_IN_FAILURES', '6'],
    ['SIGN_IN_LOCK_MINUTES', '29'],
    ['SIGN_IN_CAPTCHA_AFTER', '6'],
    ['SESSIONS_PER_PERSON', '0'],
  ])('%s=%s is milder than the standard and refused', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(name));
  });

  test('the sign-on wants all of its parts, and https where it counts', () => {
    expect(read(signOn).signIn.signOn).toMatchObject({
      issuer: 'https://id.example',
      clientSecret: 'a-secret',
      identityClaim: null,
    });
    for (const name of Object.keys(signOn)) {
      const rest = Object.fromEntries(Object.entries(signOn).filter(([key]) => key !== name));
      expect(() => read(rest)).toThrow(SettingsWrong);
    }
    expect(() => read({ ...signOn, SIGN_ON_CLIENT_SECRET_FILE: join(folder, 'none') })).toThrow(/不存在/);
  });

  test('the simulated sign-on is offered only where the simulators run and nothing else is set', () => {
    const bare = read().signIn;
    expect(signInSetup(bare, 'http://127.0.0.1:8080', null).signOn).toBeNull();
    expect(signInSetup(bare, 'http://127.0.0.1:8080', 'http://127.0.0.1:8090').signOn).toMatchObject({
      issuer: 'http://127.0.0.1:8090/sign-on',
      redirectUri: 'http://127.0.0.1:8080/sign-in/callback',
    });
    const own = signInSetup(read(signOn).signIn, 'http://127.0.0.1:8080', 'http://127.0.0.1:8090').signOn;
    expect(own?.issuer).toBe('https://id.example');
  });

  test('authorities are read as PEM, and a file without any is refused', () => {
    const file = join(folder, 'authorities.pem');
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    writeFileSync(file, `# root\n${pem}\n# below\n${pem}\n`);
    expect(read({ UKEY_AUTHORITIES_FILE: file }).signIn.authorities).toEqual([pem, pem]);
    expect(() => read({ UKEY_AUTHORITIES_FILE: secretFile })).toThrow(/没有 PEM 证书/);
  });
});
