import type { FieldView } from '#kernel/access/access.ts';
import type { Field } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import {
  type Compared,
  compareValues,
  differingCharacters,
  type Range,
} from '#practices/comparison/model/compare-values.ts';
import type { EntrySections } from './entry-sections.ts';
import { fieldsOfProfile, type RegistryProfile } from './profile.ts';

/** What the company register says of an enterprise, by the key fields name in `comparedWith`. */
export type RegisterValues = Readonly<Record<string, string | null>>;

/** One line of the comparison: what is filed, what stands in the registry, what the company register says. */
export interface ComparisonLine {
  readonly path: string;
  readonly title: string;
  readonly filed: string;
  /** Null where nothing stands in the registry yet. */
  readonly standing: string | null;
  /** Null where the register is not asked about this, or has not answered. */
  readonly register: string | null;
  readonly changed: boolean;
  readonly verdict: Compared['verdict'] | 'not-compared';
  readonly standingMarks: readonly Range[];
  readonly filedMarks: readonly Range[];
  readonly registerMarks: readonly Range[];
}

/** What a comparison is made from. `register` is null while nothing was answered. */
export interface ComparisonScene {
  readonly profile: RegistryProfile;
  readonly organisation: { readonly name: string; readonly creditCode: string };
  readonly filed: EntrySections;
  readonly standing: EntrySections | null;
  readonly register: RegisterValues | null;
  /** How a field is shown to the reader, by `section.field`. */
  readonly view: (field: string) => FieldView;
}

/** A field's value in words: code titles, yes and no, counts of lists; personal values as the view has them. */
export const inWords = (field: Field, value: unknown, view: FieldView): string => {
  const shown = shownValue(field, value, view);
  if (shown === undefined || shown === null || shown === '') return '';
  if (typeof shown === 'boolean') return shown ? '是' : '否';
  if (Array.isArray(shown)) return `${shown.length} 项`;
  const text = typeof shown === 'number' ? shown.toLocaleString('en-US') : String(shown);
  const titled = field.choices && Object.hasOwn(field.choices, text) ? (field.choices[text] ?? text) : text;
  return field.unit ? `${titled} ${field.unit}` : titled;
};

const sameValue = (a: unknown, b: unknown): boolean => {
  const bare = (value: unknown): unknown => (value === undefined || value === '' ? null : value);
  return JSON.stringify(bare(a)) === JSON.stringify(bare(b));
};

/** Letters that differ on both sides, on top of one another where both comparisons mark some. */
const merged = (...ranges: readonly (readonly Range[])[]): readonly Range[] => {
  const places = new Set(
    ranges.flat().flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  return [...places]
    .sort((a, b) => a - b)
    .reduce<[number, number][]>((found, place) => {
      const last = found.at(-1);
      if (last && last[1] === place) last[1] = place + 1;
      else found.push([place, place + 1]);
      return found;
    }, []);
};

const lineOf = (
  path: string,
  title: string,
  filed: string,
  standing: { readonly text: string; readonly changed: boolean } | null,
  register: string | null | undefined,
): ComparisonLine => {
  const compared = register === undefined ? null : compareValues(filed, register);
  const changed = standing?.changed ?? false;
  const change = changed && standing ? differingCharacters(standing.text, filed) : { entered: [], outside: [] };
  return {
    path,
    title,
    filed,
    standing: standing?.text ?? null,
    register: register ?? null,
    changed,
    verdict: compared?.verdict ?? 'not-compared',
    standingMarks: change.entered,
    filedMarks: merged(change.outside, compared?.enteredMarks ?? []),
    registerMarks: compared?.outsideMarks ?? [],
  };
};

/** Compares an entry field by field with what stands in the registry and with the company register. Source: tender R10, R49. */
export const compareEntry = (scene: ComparisonScene): readonly ComparisonLine[] => {
  const { profile, organisation, filed, standing, register, view } = scene;
  const told = (key: string): string | null | undefined =>
    register && Object.hasOwn(register, key) ? (register[key] ?? null) : undefined;
  const named = [
    lineOf('organisation.name', '单位名称', organisation.name, null, told('name')),
    lineOf('organisation.creditCode', '统一社会信用代码', organisation.creditCode, null, told('creditCode')),
  ];
  const lasting = fieldsOfProfile(profile).filter(({ section }) => profile.sections[section]?.ofThisTime === undefined);
  const fields = lasting.map(({ section, field, definition }) => {
    const path = `${section}.${field}`;
    const value = filed[section]?.[field];
    const words = (one: unknown): string => inWords(definition, one, view(path));
    const before = standing && {
      text: words(standing[section]?.[field]),
      changed: !sameValue(standing[section]?.[field], value),
    };
    const outside = definition.comparedWith === undefined ? undefined : told(definition.comparedWith);
    return lineOf(path, definition.title, words(value), before, outside);
  });
  return [...named, ...fields];
};

/** Lines a reviewer must look at: changed, or other than the company register has it. */
export const needsLook = ({ changed, verdict }: ComparisonLine): boolean =>
  changed || (verdict !== 'equal' && verdict !== 'not-compared');
