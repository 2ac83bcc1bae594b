import { hostname } from 'node:os';
import { z } from 'zod';
import type { SpanFacts } from '#kernel/telemetry/span.ts';

const address = z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' });
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** The standard environment variables of OpenTelemetry that are heeded. Source: OpenTelemetry specification, environment variables. */
export const telemetryVariables = {
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], '应为 otlp 或 none').default('otlp'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.literal('http/json', { error: '应为 http/json，本系统不用其他协议' }).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(''),
  OTEL_EXPORTER_OTLP_TIMEOUT: z.coerce
    .number({ error: '应为毫秒数' })
    .int('应为整数')
    .min(100, '至少 100 毫秒')
    .max(60_000, '至多 60000 毫秒')
    .default(10_000),
  OTEL_SERVICE_NAME: z.string().min(1).default('hushang-supervision'),
  OTEL_RESOURCE_ATTRIBUTES: z.string().default(''),
  OTEL_TRACES_SAMPLER: z.enum(samplers, `应为 ${samplers.join('、')}`).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: '应为 0 至 1 的数' })
    .min(0, '不小于 0')
    .max(1, '不大于 1')
    .default(1),
};

const environment = z.object(telemetryVariables);

/** Where traces are sent, and which. */
export interface TelemetrySettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly resource: SpanFacts;
  /** The share of traces that is kept, 0 to 1. */
  readonly share: number;
}

/** `key=value` by commas, values as in an address. Errors: throws what `wrong` makes of it. */
const pairsOf = (name: string, text: string, wrong: (text: string) => Error): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => {
        const [, key, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(one) ?? [];
        if (key === undefined || value === undefined) throw wrong(`设置 ${name} 应为 名称=值，以逗号分隔`);
        try {
          return [key, decodeURIComponent(value)] as const;
        } catch {
          throw wrong(`设置 ${name} 中 ${key} 的值不是正确的百分号编码`);
        }
      }),
  );

const shareOf = ({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: share }: z.output<typeof environment>) => {
  if (sampler.endsWith('always_off')) return 0;
  return sampler.endsWith('traceidratio') ? share : 1;
};

const addressOf = (env: z.output<typeof environment>): string | undefined => {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole, OTEL_EXPORTER_OTLP_ENDPOINT: base } = env;
  return whole ?? (base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/traces`);
};

/** What is set about traces; null where they are sent nowhere. Errors: throws what `wrong` makes of a fault. */
export const telemetrySettings = (
  env: z.output<typeof environment>,
  wrong: (text: string) => Error,
): TelemetrySettings | null => {
  const url = addressOf(env);
  if (url === undefined) return null;
  return {
    url,
    headers: pairsOf('OTEL_EXPORTER_OTLP_HEADERS', env.OTEL_EXPORTER_OTLP_HEADERS, wrong),
    timeoutMs: env.OTEL_EXPORTER_OTLP_TIMEOUT,
    resource: {
      'host.name': hostname(),
      'process.pid': process.pid,
      ...pairsOf('OTEL_RESOURCE_ATTRIBUTES', env.OTEL_RESOURCE_ATTRIBUTES, wrong),
      'service.name': env.OTEL_SERVICE_NAME,
    },
    share: shareOf(env),
  };
};
