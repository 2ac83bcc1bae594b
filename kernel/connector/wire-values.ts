import { z } from 'zod';

const blankTexts: ReadonlySet<string> = new Set(['', '—', '——', '-', '--', 'null', 'NULL']);

/**
 * The same JSON value with every way outside systems write "nothing" turned into `null`: empty text, dashes, the word null.
 *
 * Source: assumption, domain 9 (⑬ null, empty text and "—" are mixed).
 */
export const blanksToNull = (value: unknown): unknown => {
  if (typeof value === 'string') return blankTexts.has(value.trim()) ? null : value;
  if (Array.isArray(value)) return value.map(blanksToNull);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, blanksToNull(inner)]));
  }
  return value;
};

/** A value the other side may leave out or leave blank; blank reads as `null`, never as a default. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

/** A calendar date written `yyyyMMdd`, `yyyy-MM-dd`, `yyyy/MM/dd` or with a time behind it; parsed to `yyyy-MM-dd`. */
export const wireDate = z
  .string()
  .trim()
  .transform((text) => text.replace(/^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[ T].*)?$/, '$1-$2-$3'))
  .pipe(z.iso.date());

const withOffset = (text: string): string => {
  const parts =
    /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})[ T]?(\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (!parts) return text;
  const [, year, month, day, hour, minute, second = '00', offset = '+08:00'] = parts;
  const zone = offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
};

/** An instant, with or without seconds, dashes and offset; a missing offset is Shanghai time. Parsed to ISO with offset. */
export const wireInstant = z
  .string()
  .trim()
  .transform(withOffset)
  .pipe(z.iso.datetime({ offset: true }));

/** A yes or no written as a boolean, 0/1, 是/否, Y/N; parsed to a boolean. Anything else is refused, never read as no. */
export const wireFlag = z.union([
  z.boolean(),
  z.literal([1, '1', 'Y', 'y', '是', 'true']).transform(() => true),
  z.literal([0, '0', 'N', 'n', '否', 'false']).transform(() => false),
]);
