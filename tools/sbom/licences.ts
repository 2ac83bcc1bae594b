import { z } from 'zod';

const licenceSchema = z.union([
  z.object({ license: z.object({ id: z.string().optional(), name: z.string().optional() }) }),
  z.object({ expression: z.string() }),
]);
const componentSchema = z.object({
  name: z.string(),
  version: z.string(),
  licenses: z.array(licenceSchema).optional(),
});

/** What is read of a CycloneDX bill; the rest is passed on as it is. */
export const billSchema = z.looseObject({
  components: z.array(z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

type Bill = z.output<typeof billSchema>;

/** The bill with only what the lock file needs at run time: npm's own way of leaving out tools for building loses a package that both need. */
export const atRunTime = (bill: Bill, locked: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Bill => {
  const needed = new Set(
    Object.entries(locked)
      .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${String(version)}`),
  );
  const components = bill.components.filter(({ name, version }) => needed.has(`${name}@${version}`));
  const kept = new Set(components.map((one) => one['bom-ref']));
  const known = new Set(bill.components.map((one) => one['bom-ref']));
  return {
    ...bill,
    components,
    // The product itself is in the graph and no component.
    dependencies: bill.dependencies
      .filter(({ ref }) => kept.has(ref) || !known.has(ref))
      .map((one) => ({ ...one, dependsOn: (one.dependsOn ?? []).filter((ref) => kept.has(ref)) })),
  };
};

/** A package with the licence it names; null when it names none. */
export interface Component {
  readonly name: string;
  readonly version: string;
  readonly licence: string | null;
}

/** Packages whose own text has the licence and whose package.json names none, as looked up by hand. */
const lookedUp: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

const nameOf = (licence: z.output<typeof licenceSchema>): string | undefined =>
  'expression' in licence ? licence.expression : (licence.license.id ?? licence.license.name);

/** The components with their licences. Errors: throws when the bill is not of the expected shape. */
export const licenceNames = ({ components }: { readonly components: readonly unknown[] }): readonly Component[] =>
  components
    .map((one) => componentSchema.parse(one))
    .map(({ name, version, licenses = [] }) => ({
      name,
      version,
      licence: licenses.map(nameOf).filter(Boolean).join(' AND ') || lookedUp[name] || null,
    }))
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));

/** The bill without the addresses packages were fetched from: they are of the machine that made it. */
export const withoutPlaces = <T extends { readonly components: readonly Readonly<Record<string, unknown>>[] }>(
  bom: T,
): T => ({
  ...bom,
  components: bom.components.map((component) => ({
    ...component,
    ...(Array.isArray(component.externalReferences)
      ? {
          externalReferences: component.externalReferences.filter(
            (one: unknown) =>
              !(typeof one === 'object' && one !== null && 'type' in one && one.type === 'distribution'),
          ),
        }
      : {}),
  })),
});

/** The list of licences, by licence, for people. */
export const licencesDocument = (components: readonly Component[]): string => {
  const groups = Map.groupBy(components, ({ licence }) => licence ?? '没有写明');
  const sections = [...groups].sort(([, one], [, other]) => other.length - one.length);
  return [
    '# 软件包与许可证',
    '',
    `运行所需的软件包 ${components.length} 个，由 \`npm run sbom\` 生成。`,
    '',
    '| 许可证 | 个数 |',
    '|---|---|',
    ...sections.map(([licence, list]) => `| ${licence} | ${list.length} |`),
    '',
    ...sections.flatMap(([licence, list]) => [
      `## ${licence}`,
      '',
      ...list.map(({ name, version }) => `- ${name} ${version}`),
      '',
    ]),
  ].join('\n');
};
