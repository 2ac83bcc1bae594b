import type { Fields } from '#kernel/fields/field.ts';
import type { Obstacle, Period } from '#kernel/lifecycle/lifecycle.ts';
import type { Source } from '#kernel/source/source.ts';
import type { EntrySections, FieldPlace } from './entry-sections.ts';
import type { RegistryFlow } from './flow.ts';

/** One part of an entry's form, filled and saved together. */
export interface RegistrySection {
  readonly title: string;
  readonly fields: Fields;
  /** What is asked for this time: it stands nowhere afterwards, so that it is not compared with what was asked for before. */
  readonly ofThisTime?: true;
}

/** A place for an attachment. `personal` ones show a person and are looked at only by who sees personal values plain. */
export interface AttachmentPlace {
  readonly part: string;
  readonly title: string;
  readonly hint: string;
  readonly required: boolean;
  readonly many: boolean;
  readonly personal: boolean;
}

/**
 * What one trade must say about itself to have a registry of its enterprises; everything else is alike for all of them. Names and credit
 * codes are not among its fields: an entry is an organisation's, and what an organisation is called is said where organisations are kept.
 * Source: tender R49.
 */
export interface RegistryProfile {
  /** `area.kind`, the stem of every permission: `elv.dismantler`. */
  readonly id: `${string}.${string}`;
  /** What the registry is called. */
  readonly title: string;
  /** What an enterprise of it is called. */
  readonly subject: string;
  readonly source: Source;
  /** The schema that holds the tables of this registry, and of no other. */
  readonly schema: string;
  readonly path: `/${string}`;
  /** Whether the authority enters enterprises from workbooks. */
  readonly imports: boolean;
  /** The kind of organisation that may declare itself here. */
  readonly organisationKind: string;
  readonly sections: Readonly<Record<string, RegistrySection>>;
  readonly attachments: readonly AttachmentPlace[];
  /** What no field can tell alone: values that contradict one another. */
  readonly contradictions: (sections: EntrySections) => readonly Obstacle[];
  /** The number of the paper the entry rests on; lists show and find it. */
  readonly number: FieldPlace;
  /** The last day that paper is in force. */
  readonly validity: FieldPlace;
  /** The phone an entry is found by; kept as a blind index beside the sealed value. */
  readonly phone: FieldPlace;
  readonly periods: {
    /** How long before the last day the warning begins. */
    readonly lapse: Period;
  };
  /** How its entries move. */
  readonly flow: () => RegistryFlow;
}

/** A registry whose entries are reviewed twice, by different people. Source: tender R49. */
export interface ReviewedTwice extends RegistryProfile {
  readonly periods: RegistryProfile['periods'] & { readonly firstReview: Period; readonly secondReview: Period };
}

/** Every field of a profile with its place, in the order of the form. */
export const fieldsOfProfile = (
  profile: RegistryProfile,
): readonly (FieldPlace & { readonly definition: Fields[string] })[] =>
  Object.entries(profile.sections).flatMap(([section, { fields }]) =>
    Object.entries(fields).map(([field, definition]) => ({ section, field, definition })),
  );

/** The attachment place of that name; undefined for a name the profile does not know. */
export const findPlace = (profile: RegistryProfile, part: string): AttachmentPlace | undefined =>
  profile.attachments.find((one) => one.part === part);
