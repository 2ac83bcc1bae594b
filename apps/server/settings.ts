import { join, resolve } from 'node:path';
import { z } from 'zod';
import { usualExportFilesPerPerson, usualExportsPerPerson } from '#areas/elv/case-export/model/case-export.contract.ts';
import {
  type RealNameLevel,
  realNameLevels,
  usualCitizenRules,
} from '#areas/elv/citizen-application/model/real-name.ts';
import { type SystemRules, usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { usualFarMetres } from '#areas/elv/photo-evidence/model/usual-distance.ts';
import { type PublicQueryRules, usualQueryRules } from '#areas/elv/progress/model/public-query.contract.ts';
import { type QuietHours, quietHoursText, usualQuietHours } from '#practices/notice/model/quiet-hours.ts';
import { type AreaSettings, areaSettings, areaVariables } from './area-settings.ts';
import { forEachOutside, type OutsideAddresses, outsideVariables } from './outside-addresses.ts';
import { type SignInSettings, signInSettings, signInVariables } from './sign-in-settings.ts';
import { type TelemetrySettings, telemetrySettings, telemetryVariables } from './telemetry-settings.ts';

/** How citizens come in. Null `authorizeUrl`: at the bundled simulator. */
export interface CitizenSettings {
  readonly authorizeUrl: string | null;
  readonly clientId: string;
  readonly leastLevel: RealNameLevel;
}

/** Everything that is set from outside, checked. */
export interface Settings {
  /** `demo`: demo accounts and data, bundled simulators. `production`: neither, and nothing is made up. */
  readonly mode: 'demo' | 'production';
  /** What of the work this process does: `serve` answers people and systems, `work` does what is common to all, `all` both. */
  readonly duties: 'all' | 'serve' | 'work';
  /** Which areas run in this process, and where the others do. */
  readonly arrangement: AreaSettings;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly cacheDir: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  /** The database user that owns the tables; null: the serving user itself. */
  readonly databaseOwnerUrl: string | null;
  readonly masterKeyFile: string;
  readonly linkKeysFile: string;
  /** Null `url`: keys of software, kept by this system itself. */
  readonly crypto: { readonly url: string | null; readonly keysFile: string; readonly requireCertified: boolean };
  /** What happens when program files are not as released. */
  readonly releaseCheck: 'warn' | 'refuse';
  /** The releaser's public key; null: any. */
  readonly releasePublicKey: string | null;
  /** Null: the bundled simulators. */
  readonly outside: OutsideAddresses | null;
  readonly simulatorsPort: number;
  readonly files:
    | { readonly kind: 'disk'; readonly folder: string }
    | {
        readonly kind: 's3';
        readonly endpoint: string;
        readonly region: string;
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
      };
  /** Less free than so much is told of, before a disk is full. */
  readonly diskLowBytes: number;
  readonly session: { readonly idleMinutes: number; readonly absoluteMinutes: number };
  readonly signIn: SignInSettings;
  readonly publicQuery: PublicQueryRules;
  readonly citizens: CitizenSettings;
  /** How many exports one person may have in hand at once. */
  readonly exportsPerPerson: number;
  /** How many finished files of one person are kept. */
  readonly exportFilesPerPerson: number;
  readonly quietHours: QuietHours | null;
  /** Metres from the yard beyond which photographs are marked. */
  readonly photoFarMetres: number;
  readonly systemRules: SystemRules;
  /** Connections open at once. */
  readonly mostConnections: number;
  /** How many backups stay that are made into one folder, and after how many hours without one the operations page warns. */
  readonly backups: { readonly keep: number; readonly lateHours: number };
  /** API requests under way at once. */
  readonly mostAtOnce: number;
  /** What Prometheus shows to read `/metrics`; null: nobody may. */
  readonly metricsToken: string | null;
  /** Where traces are sent; null: nowhere. */
  readonly tracing: TelemetrySettings | null;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Addresses of proxies whose forwarded client address is believed; empty for none. */
  readonly trustedProxies: readonly string[];
  readonly demoCases: number;
  readonly poolSize: number;
}

/** A setting that cannot be used; the message is for the operator. */
export class SettingsWrong extends Error {}

const port = z.coerce
  .number({ error: '应为端口号' })
  .int('应为整数')
  .min(0, '应为 0 至 65535')
  .max(65_535, '应为 0 至 65535');
const webUrl = z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' });
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, '应为 postgres:// 开头的连接串');
const minutes = z.coerce.number({ error: '应为分钟数' }).int('应为整数').min(1, '至少 1 分钟').max(10_080, '至多一周');

const count = (least: number, most: number) =>
  z.coerce.number({ error: '应为整数' }).int('应为整数').min(least, `不小于 ${least}`).max(most, `不大于 ${most}`);

const schema = z.object({
  MODE: z.enum(['demo', 'production'], '应为 demo 或 production').default('demo'),
  DUTIES: z.enum(['all', 'serve', 'work'], '应为 all、serve 或 work').default('all'),
  ...areaVariables,
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(8080),
  PUBLIC_URL: webUrl.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATABASE_POOL: z.coerce
    .number({ error: '应为连接数' })
    .int('应为整数')
    .min(2, '至少 2')
    .max(500, '至多 500')
    .default(24),
  MASTER_KEY_FILE: z.string().min(1).optional(),
  LINK_KEYS_FILE: z.string().min(1).optional(),
  CRYPTO_URL: webUrl.optional(),
  CRYPTO_KEYS_FILE: z.string().min(1).optional(),
  REQUIRE_CERTIFIED_CRYPTO: z.enum(['true', 'false'], '应为 true 或 false').default('false'),
  RELEASE_PUBLIC_KEY: z
    .string()
    .regex(/^04[0-9a-f]{128}$/, '应为 04 开头的 130 位十六进制 SM2 公钥')
    .optional(),
  RELEASE_CHECK: z.enum(['warn', 'refuse'], '应为 warn 或 refuse').default('warn'),
  POLICE_URL: webUrl.optional(),
  NATIONAL_URL: webUrl.optional(),
  IDENTITY_URL: webUrl.optional(),
  DATA_LAKE_URL: webUrl.optional(),
  HOTLINE_URL: webUrl.optional(),
  ENFORCEMENT_URL: webUrl.optional(),
  SMS_GATEWAY_URL: webUrl.optional(),
  MAIL_GATEWAY_URL: webUrl.optional(),
  ONE_STOP_URL: webUrl.optional(),
  ONE_STOP_AUTHORIZE_URL: webUrl.optional(),
  ONE_STOP_CLIENT_ID: z.string().min(1).max(100).default('sww-supervision'),
  CITIZEN_LEAST_LEVEL: z.enum(realNameLevels, '应为 L1、L2、L3 或 L4').default(usualCitizenRules.leastLevel),
  SIMULATORS_PORT: port.default(8090),
  FILES: z.enum(['disk', 's3'], '应为 disk 或 s3').default('disk'),
  S3_ENDPOINT: webUrl.optional(),
  S3_REGION: z.string().default('auto'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  DISK_LOW_MIB: count(0, 100_000_000).default(2_048),
  SESSION_IDLE_MINUTES: minutes.default(15),
  SESSION_ABSOLUTE_MINUTES: minutes.default(720),
  ...signInVariables,
  ...telemetryVariables,
  PROGRESS_VIN_DIGITS: count(4, 8).default(usualQueryRules.vinDigits),
  PROGRESS_PER_ADDRESS: count(1, 100_000).default(usualQueryRules.perAddress),
  PROGRESS_PER_PLATE: count(1, 1_000).default(usualQueryRules.perPlate),
  EXPORTS_PER_PERSON: count(1, 20).default(usualExportsPerPerson),
  EXPORT_FILES_PER_PERSON: count(1, 50).default(usualExportFilesPerPerson),
  SMS_QUIET_HOURS: quietHoursText.default(usualQuietHours),
  PHOTO_FAR_METRES: count(100, 100_000).default(usualFarMetres),
  SYSTEM_CALLS_PER_MINUTE: count(1, 100_000).default(usualSystemRules.perMinute),
  WEBHOOK_ADDRESSES: z.enum(['public', 'any'], '应为 public 或 any').optional(),
  CONNECTIONS: count(100, 100_000).default(4_000),
  BACKUP_KEEP: count(1, 1_000).default(14),
  BACKUP_LATE_HOURS: count(1, 8_760).default(26),
  REQUESTS_AT_ONCE: count(10, 100_000).default(500),
  METRICS_TOKEN: z.string().min(16, '至少 16 个字符').max(200, '至多 200 个字符').optional(),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], '应为 silent、error、warn、info 或 debug')
    .default('warn'),
  TRUSTED_PROXIES: z.string().default(''),
  DEMO_CASES: z.coerce
    .number({ error: '应为件数' })
    .int('应为整数')
    .min(0, '不小于 0')
    .max(2_000, '至多 2000')
    .default(100),
});

type Environment = z.output<typeof schema>;

const missing = (names: readonly string[], why: string): never => {
  throw new SettingsWrong(`缺少设置 ${names.join('、')}：${why}`);
};

const outsideOf = (env: Environment): OutsideAddresses | null => {
  const names = Object.values(outsideVariables);
  const absent = names.filter((name) => env[name] === undefined);
  if (absent.length === names.length && env.MODE === 'demo') return null;
  if (absent.length > 0) return missing(absent, '外部系统的地址要么都给，要么（演示模式下）都不给而用自带的仿真系统');
  return forEachOutside((system) => env[outsideVariables[system]] ?? '');
};

const citizensOf = (env: Environment): CitizenSettings => ({
  authorizeUrl: env.ONE_STOP_AUTHORIZE_URL ?? (env.ONE_STOP_URL === undefined ? null : `${env.ONE_STOP_URL}/authorize`),
  clientId: env.ONE_STOP_CLIENT_ID,
  leastLevel: env.CITIZEN_LEAST_LEVEL,
});

const filesOf = (env: Environment, dataDir: string): Settings['files'] => {
  if (env.FILES === 'disk') return { kind: 'disk', folder: join(dataDir, 'files') };
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (endpoint === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return missing(['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'], 'FILES=s3 时必须给出');
  }
  return { kind: 's3', endpoint, region: env.S3_REGION, accessKeyId, secretAccessKey };
};

const demand = (env: Environment): void => {
  if (env.MODE !== 'production') return;
  const names = (['MASTER_KEY_FILE', 'LINK_KEYS_FILE', 'PUBLIC_URL'] as const).filter(
    // A cloud service keeps the keys itself.
    (name) => env[name] === undefined && !(name === 'MASTER_KEY_FILE' && env.CRYPTO_URL !== undefined),
  );
  if (names.length > 0) missing(names, '正式运行（MODE=production）必须给出');
};

const demandCertified = ({ REQUIRE_CERTIFIED_CRYPTO: required, CRYPTO_URL: url }: Environment): void => {
  if (required === 'true' && url === undefined)
    throw new SettingsWrong(
      'REQUIRE_CERTIFIED_CRYPTO=true 要求使用经认证的密码服务，而当前用的是软件密钥（未经商用密码认证），不能启动。\n请用 CRYPTO_URL、CRYPTO_KEYS_FILE 接入云平台的密码服务；仅开发、试用时可设为 false',
    );
};

/** Reads and checks the settings. Errors: throws {@link SettingsWrong} with every fault at once, in Chinese. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>, home: string): Settings => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsWrong(
      parsed.error.issues.map(({ path, message }) => `设置 ${path.join('.')} ${message}`).join('\n'),
    );
  }
  const env = parsed.data;
  demand(env);
  demandCertified(env);
  const arrangement = areaSettings(env, (text) => new SettingsWrong(text));
  const dataDir = resolve(home, env.DATA_DIR);
  return {
    mode: env.MODE,
    duties: env.DUTIES,
    arrangement,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${env.PORT}`,
    dataDir,
    cacheDir: resolve(home, '.cache'),
    databaseUrl: env.DATABASE_URL ?? null,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? null,
    masterKeyFile: resolve(home, env.MASTER_KEY_FILE ?? join(dataDir, 'master.key')),
    linkKeysFile: resolve(home, env.LINK_KEYS_FILE ?? join(dataDir, 'link-keys.json')),
    crypto: {
      url: env.CRYPTO_URL ?? null,
      keysFile: resolve(home, env.CRYPTO_KEYS_FILE ?? join(dataDir, 'crypto-keys.json')),
      requireCertified: env.REQUIRE_CERTIFIED_CRYPTO === 'true',
    },
    releaseCheck: env.RELEASE_CHECK,
    releasePublicKey: env.RELEASE_PUBLIC_KEY ?? null,
    outside: outsideOf(env),
    simulatorsPort: env.SIMULATORS_PORT,
    files: filesOf(env, dataDir),
    diskLowBytes: env.DISK_LOW_MIB * 1_048_576,
    session: { idleMinutes: env.SESSION_IDLE_MINUTES, absoluteMinutes: env.SESSION_ABSOLUTE_MINUTES },
    signIn: signInSettings(env, env.MODE === 'production', (text) => new SettingsWrong(text)),
    exportsPerPerson: env.EXPORTS_PER_PERSON,
    exportFilesPerPerson: env.EXPORT_FILES_PER_PERSON,
    quietHours: env.SMS_QUIET_HOURS,
    photoFarMetres: env.PHOTO_FAR_METRES,
    publicQuery: {
      vinDigits: env.PROGRESS_VIN_DIGITS,
      perAddress: env.PROGRESS_PER_ADDRESS,
      perPlate: env.PROGRESS_PER_PLATE,
    },
    citizens: citizensOf(env),
    systemRules: {
      perMinute: env.SYSTEM_CALLS_PER_MINUTE,
      // The demo's systems are simulated on this machine.
      webhooks: env.WEBHOOK_ADDRESSES ?? (env.MODE === 'demo' ? 'any' : usualSystemRules.webhooks),
    },
    mostConnections: env.CONNECTIONS,
    backups: { keep: env.BACKUP_KEEP, lateHours: env.BACKUP_LATE_HOURS },
    mostAtOnce: env.REQUESTS_AT_ONCE,
    metricsToken: env.METRICS_TOKEN ?? null,
    tracing: telemetrySettings(env, (text) => new SettingsWrong(text)),
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUSTED_PROXIES.split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    demoCases: env.MODE === 'demo' ? env.DEMO_CASES : 0,
    poolSize: env.DATABASE_POOL,
  };
};
