import { z } from 'zod';

/** How many lines a page of a list has unless the person chose otherwise. */
export const defaultPageSize = 20;

/** Which page of a list, and how many lines it has. As everything in an address, what cannot be read is dropped rather than refused: an old bookmark opens the list, not an error. */
export const pageInAddress = {
  page: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  size: z.coerce
    .number()
    .pipe(z.literal([20, 50, 100]))
    .optional()
    .catch(undefined),
};

/** See {@link pageInAddress}. */
export interface PageInAddress {
  readonly page?: number | undefined;
  readonly size?: z.output<typeof pageInAddress.size>;
}

/** A page as an address has it: what is usual is not said. */
export const pageToAddress = (page: number, size: number): PageInAddress => ({
  page: page > 1 ? page : undefined,
  size: size === defaultPageSize ? undefined : pageInAddress.size.parse(size),
});

/** A text that is searched for. */
export const textInAddress = z.coerce.string().trim().min(1).max(60).optional().catch(undefined);

/** Something that is asked for or not. */
export const yesInAddress = z
  .union([z.literal(true), z.literal('true')])
  .transform(() => true as const)
  .optional()
  .catch(undefined);

/** Several values of one name, each once; those that cannot be read are dropped. */
export const manyInAddress = <T extends z.ZodType<string>>(one: T) =>
  z
    .preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.unknown()))
    .transform((values) =>
      values.map((value) => one.safeParse(value)).flatMap((result) => (result.success ? [result.data] : [])),
    )
    .transform((values) => (values.length > 0 ? [...new Set(values)] : undefined))
    .optional();

/** The names of states of a lifecycle. */
export const statesInAddress = manyInAddress(z.string().regex(/^[A-Za-z]{1,40}$/));

type Asked<S> = {
  readonly [K in keyof S]?: Exclude<S[K], undefined> extends true ? 'true' : Exclude<S[K], undefined>;
};

/** What the server is asked for a state of a list: only what is said, and a size always. */
export const askedOf = <S extends { readonly size?: number | undefined }>(
  search: S,
): Asked<Omit<S, 'size'>> & { readonly size: number } => {
  const said = Object.entries<unknown>(search).filter(([, value]) => value !== undefined);
  return {
    // Names and kinds of values are those of the search; yes is written as addresses have it.
    ...(Object.fromEntries(said.map(([name, value]) => [name, value === true ? 'true' : value])) as Asked<S>),
    size: search.size ?? defaultPageSize,
  };
};

/** Whether anything but order and page is asked for. */
export const isFiltered = (search: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(search).some(([name, value]) => !['sort', 'page', 'size'].includes(name) && value !== undefined);
