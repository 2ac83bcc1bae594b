import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type FactorRules, factorDemand } from '#areas/governance/account/model/second-factor-demand.ts';
import { usualRules } from '#areas/governance/account/model/sign-in-rules.ts';
import { emptyList } from '#kernel/access/access-list.ts';
import { plainHttpWarning } from './plain-http.ts';
import { roles } from './plans.ts';
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

  test('R42: in earnest whoever takes signed steps on the authority’s side needs a second factor; in a demo, or where roles are named, those', () => {
    const inEarnest = {
      MODE: 'production',
      MASTER_KEY_FILE: secretFile,
      LINK_KEYS_FILE: secretFile,
      PUBLIC_URL: 'https://x.example',
    };
    const outside = {
      POLICE_URL: 'https://p.example',
      NATIONAL_URL: 'https://n.example',
      IDENTITY_URL: 'https://i.example',
      DATA_LAKE_URL: 'https://d.example',
      HOTLINE_URL: 'https://h.example',
      ENFORCEMENT_URL: 'https://e.example',
      SMS_GATEWAY_URL: 'https://s.example',
      MAIL_GATEWAY_URL: 'https://m.example',
      ONE_STOP_URL: 'https://o.example',
    };
    const rules = (more: Record<string, string> = {}) => read({ ...inEarnest, ...outside, ...more }).signIn.rules;
    const list = { ...emptyList, roles: roles.map((role) => ({ ...role, shipped: true })) };
    const demanding = (of: FactorRules) =>
      roles
        .filter(({ id }) => factorDemand(of)(list, [id]))
        .map(({ id }) => id)
        .sort();
    const administrators = ['security-administrator', 'security-auditor', 'system-administrator'];
    expect(demanding(rules())).toEqual([
      'business-reviewer',
      'elv-commission',
      'elv-desk',
      'elv-qualification-decider',
      'elv-qualification-officer',
      'elv-registry-first',
      'elv-registry-second',
      ...administrators,
    ]);
    expect(demanding(rules({ SECOND_FACTOR_ROLES: 'elv-desk' }))).toEqual(['elv-desk', ...administrators]);
    expect(demanding(read().signIn.rules)).toEqual(administrators);
    expect(demanding(read({ SECOND_FACTOR_ROLES: 'elv-commission' }).signIn.rules)).toEqual([
      'business-reviewer',
      'elv-commission',
      ...administrators,
    ]);
    const custom = {
      id: 'own',
      title: '自定义',
      level: 'platform',
      grants: [{ permission: 'elv.vehicle-case:passEntry', rows: 'all', personal: 'masked' }],
      shipped: false,
    } as const;
    expect(factorDemand(rules())({ ...list, roles: [...list.roles, custom] }, ['own'])).toBe(true);
  });

  test('T5.6: in earnest an address without encryption is warned of, and no other', () => {
    expect(plainHttpWarning({ mode: 'production', publicUrl: 'http://10.0.0.1' })).toMatch(/不加密传输/);
    expect(plainHttpWarning({ mode: 'production', publicUrl: 'https://10.0.0.1' })).toBeNull();
    expect(plainHttpWarning({ mode: 'demo', publicUrl: 'http://127.0.0.1:8080' })).toBeNull();
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
