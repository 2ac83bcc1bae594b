import { z } from 'zod';

/** What may stand in a slot of a notice's text. */
interface ValueType<S extends z.ZodType = z.ZodType> {
  /** Refuses what is no value of this type, so that nothing else slips into a text by way of it. */
  readonly schema: S;
  readonly words: (value: z.output<S>) => string;
  /** Whether it may stand in a text that leaves the house by short message or mail: nothing of it tells who somebody is. */
  readonly leaves: boolean;
}

const valueType = <S extends z.ZodType>(type: ValueType<S>): ValueType<S> => Object.freeze(type);

const plain = (value: string): string => value;

/** The types of values notices are made of. There is none for persons, identity numbers and phones, and none for free words: what somebody has written is read at the matter itself. */
export const valueTypes = {
  /** The number a matter is known by: `SC2026112300001`. */
  number: valueType({ schema: z.string().regex(/^[A-Z]{2,4}\d{6,20}$/), words: plain, leaves: true }),
  day: valueType({ schema: z.iso.date(), words: plain, leaves: true }),
  /** Words of the program, as a rule or a step is called. */
  title: valueType({ schema: z.string().min(1).max(60), words: plain, leaves: false }),
  plate: valueType({ schema: z.string().max(20).nullable(), words: (value) => value ?? '无号牌', leaves: false }),
  organisation: valueType({ schema: z.string().min(1).max(120), words: plain, leaves: false }),
};

/** The slots of a text by name, each with the type of what is put in. */
export type Slots = Readonly<Record<string, keyof typeof valueTypes>>;

/** What a text with these slots must be given. */
export type ValuesOf<V extends Slots> = {
  readonly [N in keyof V]: z.input<(typeof valueTypes)[V[N]]['schema']>;
};

const slot = /\{(\w+)\}/g;

/** The names of the slots a text has. */
export const slotsIn = (text: string): readonly string[] => [...text.matchAll(slot)].map(([, name]) => name ?? '');

/** A text with its slots filled. Errors: throws where a value is missing or not of its type, which is a defect of the caller. */
export const filled = (text: string, slots: Slots, values: Readonly<Record<string, unknown>>): string =>
  text.replace(slot, (_, name: string) => {
    const type: ValueType | undefined = valueTypes[slots[name] as keyof typeof valueTypes];
    if (!type) throw new Error(`a notice has no slot ${name}`);
    return type.words(type.schema.parse(values[name]));
  });
