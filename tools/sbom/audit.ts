import { z } from 'zod';

const severities = ['critical', 'high', 'moderate', 'low', 'info'] as const;
const titles: Readonly<Record<(typeof severities)[number], string>> = {
  critical: '严重',
  high: '高',
  moderate: '中',
  low: '低',
  info: '提示',
};

const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      severity: z.enum(severities),
      range: z.string(),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
});

/** What npm knows of the run-time packages' vulnerabilities. */
export type AuditReport = z.output<typeof reportSchema>;

/** What `npm audit --json` has said; null where the registry could not be asked, and says something else. */
export const readAudit = (text: string): AuditReport | null => {
  try {
    return reportSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/** Whether something in it should keep a release back. */
export const isGrave = ({ vulnerabilities }: AuditReport): boolean =>
  Object.values(vulnerabilities).some(({ severity }) => severity === 'critical' || severity === 'high');

/** The report for people, the gravest first. */
export const auditDocument = ({ vulnerabilities }: AuditReport, at: Date): string => {
  const all = Object.values(vulnerabilities).sort(
    (one, other) =>
      severities.indexOf(one.severity) - severities.indexOf(other.severity) || (one.name < other.name ? -1 : 1),
  );
  const lines = all.flatMap(({ name, severity, range, via }) => [
    `- **${titles[severity]}** ${name} ${range}`,
    ...via.map((cause) => (typeof cause === 'string' ? `  - 因其依赖 ${cause}` : `  - ${cause.title} <${cause.url}>`)),
  ]);
  return [
    '# 运行所需软件包的已知漏洞',
    '',
    `${at.toISOString()} 由 \`npm run sbom\` 向软件包登记处查询（npm audit）。`,
    '',
    all.length === 0 ? '没有已知漏洞。' : `有 ${all.length} 个软件包带已知漏洞：`,
    '',
    ...lines,
    '',
  ].join('\n');
};
