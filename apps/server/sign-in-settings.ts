import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { simulatedClient } from '#apps/simulators/sign-on/client.ts';
import type { FactorRules } from '#areas/governance/account/model/second-factor-demand.ts';
import { usualRules } from '#areas/governance/account/model/sign-in-rules.ts';
import type { SignInSetup } from '#areas/governance/account/server/account.parts.ts';
import type { SignOnSettings } from '#areas/governance/account/server/sign-on.ts';
import { signedSteps } from './signed-steps.ts';

const count = (least: number, most: number) =>
  z.coerce.number({ error: '应为整数' }).int('应为整数').min(least, `不小于 ${least}`).max(most, `不大于 ${most}`);

const { password, lock } = usualRules;

/** The environment variables of signing in. Defaults: domain 10.3. None may be set milder than MLPS level three demands. */
export const signInVariables = {
  PASSWORD_MIN_LENGTH: count(8, 64).default(password.minLength),
  PASSWORD_CLASSES: count(3, 4).default(password.classes),
  PASSWORD_HISTORY: count(5, 24).default(password.history),
  PASSWORD_MAX_DAYS: count(1, 90).default(password.maxAgeDays),
  SIGN_IN_FAILURES: count(1, 5).default(lock.failures),
  SIGN_IN_LOCK_MINUTES: count(30, 1_440).default(lock.minutes),
  SIGN_IN_CAPTCHA_AFTER: count(0, 5).default(usualRules.captchaAfter),
  SESSIONS_PER_PERSON: count(1, 1_000).default(usualRules.sessionsPerPerson),
  SECOND_FACTOR_ROLES: z.string().optional(),
  SIGN_ON_ISSUER: z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' }).optional(),
  SIGN_ON_CLIENT_ID: z.string().optional(),
  SIGN_ON_CLIENT_SECRET_FILE: z.string().optional(),
  SIGN_ON_TITLE: z.string().max(20, '不超过 20 字').default('统一身份认证'),
  SIGN_ON_IDENTITY_CLAIM: z.string().optional(),
  UKEY_AUTHORITIES_FILE: z.string().optional(),
};

const environment = z.object(signInVariables);
type SignInEnvironment = z.output<typeof environment>;

/** How people sign in, as set from outside. */
export interface SignInSettings {
  readonly rules: SignInSetup['rules'];
  /** Null: not configured; with the bundled simulators theirs is offered. */
  readonly signOn: Omit<SignOnSettings, 'redirectUri'> | null;
  readonly authorities: readonly string[];
}

const textOf = (file: string, name: string, wrong: (text: string) => Error): string => {
  if (!existsSync(file)) throw wrong(`${name} 指向的文件 ${file} 不存在`);
  return readFileSync(file, 'utf8').trim();
};

const signOnOf = (env: SignInEnvironment, production: boolean, wrong: (text: string) => Error) => {
  const { SIGN_ON_ISSUER: issuer, SIGN_ON_CLIENT_ID: clientId, SIGN_ON_CLIENT_SECRET_FILE: file } = env;
  if (issuer === undefined && clientId === undefined && file === undefined) return null;
  if (issuer === undefined || clientId === undefined || file === undefined) {
    throw wrong('设置 SIGN_ON_ISSUER、SIGN_ON_CLIENT_ID、SIGN_ON_CLIENT_SECRET_FILE 要么都给，要么都不给');
  }
  if (production && !issuer.startsWith('https:'))
    throw wrong('设置 SIGN_ON_ISSUER 在正式运行时应为 https:// 开头的地址');
  return {
    title: env.SIGN_ON_TITLE,
    issuer,
    clientId,
    clientSecret: textOf(file, 'SIGN_ON_CLIENT_SECRET_FILE', wrong),
    identityClaim: env.SIGN_ON_IDENTITY_CLAIM ?? null,
  };
};

const authoritiesOf = (env: SignInEnvironment, wrong: (text: string) => Error): readonly string[] => {
  const { UKEY_AUTHORITIES_FILE: file } = env;
  if (file === undefined) return [];
  const found = textOf(file, 'UKEY_AUTHORITIES_FILE', wrong).match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  );
  if (!found) throw wrong(`UKEY_AUTHORITIES_FILE 指向的文件 ${file} 里没有 PEM 证书`);
  return found;
};

/**
 * The three administrators always. In earnest also whoever takes signed steps on the authority's side, unless the settings name the roles; in a demo whom the settings
 * name, so that it can be tried out with a password alone.
 */
const secondFactorOf = (
  { SECOND_FACTOR_ROLES: given }: SignInEnvironment,
  production: boolean,
  wrong: (text: string) => Error,
): FactorRules => {
  const wanted = (given ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const unknown = wanted.filter((one) => !/^[a-z][a-z0-9-]{2,58}$/.test(one));
  if (unknown.length > 0) throw wrong(`设置 SECOND_FACTOR_ROLES 中 ${unknown.join('、')} 不是角色代码`);
  return {
    secondFactorRoles: [...new Set([...usualRules.secondFactorRoles, ...wanted])],
    secondFactorSteps: given === undefined && production ? signedSteps : [],
  };
};

/** The settings of signing in. Errors: throws what `wrong` makes of a message in Chinese. */
export const signInSettings = (
  env: SignInEnvironment,
  production: boolean,
  wrong: (text: string) => Error,
): SignInSettings => ({
  rules: {
    password: {
      minLength: env.PASSWORD_MIN_LENGTH,
      classes: env.PASSWORD_CLASSES,
      history: env.PASSWORD_HISTORY,
      maxAgeDays: env.PASSWORD_MAX_DAYS,
    },
    lock: { failures: env.SIGN_IN_FAILURES, minutes: env.SIGN_IN_LOCK_MINUTES },
    captchaAfter: env.SIGN_IN_CAPTCHA_AFTER,
    sessionsPerPerson: env.SESSIONS_PER_PERSON,
    ...secondFactorOf(env, production, wrong),
  },
  signOn: signOnOf(env, production, wrong),
  authorities: authoritiesOf(env, wrong),
});

/** How signing in is set up for a product at an address; `simulators` is where the bundled ones are reached, null without them. */
export const signInSetup = (settings: SignInSettings, publicUrl: string, simulators: string | null): SignInSetup => {
  const redirectUri = signOnReturn(publicUrl);
  const simulated =
    simulators === null ? null : { ...simulatedClient, issuer: simulators + simulatedClient.issuerPath };
  const signOn = settings.signOn ?? simulated;
  return {
    rules: settings.rules,
    authorities: settings.authorities,
    site: publicUrl,
    signOn: signOn && { ...signOn, redirectUri },
  };
};

/** The page a sign-on provider sends the browser back to; to be registered there. */
export const signOnReturn = (publicUrl: string): string => new URL('/sign-in/callback', publicUrl).href;
