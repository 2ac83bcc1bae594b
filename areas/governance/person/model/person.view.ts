import { z } from 'zod';
import { personStatuses } from './person-status.ts';

const instant = z.iso.datetime();
const titled = z.object({ id: z.string(), title: z.string() });

/** How an account stands. */
export const personStatus = z.enum(Object.keys(personStatuses) as [keyof typeof personStatuses]);

/** A person as lists show them; personal values masked as the asker's grants say. */
export const personRow = z.object({
  id: z.string(),
  userName: z.string(),
  name: z.string(),
  organisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
  post: z.string().nullable(),
  districtCode: z.string().nullable(),
  phone: z.string().nullable(),
  status: personStatus,
  /** The last day on which the account serves. */
  validUntil: z.iso.date().nullable(),
  roles: z.array(titled),
  lastSignInAt: instant.nullable(),
  createdAt: instant,
});
/** See {@link personRow}. */
export type PersonRow = z.output<typeof personRow>;

/** What may be done with a person, by the names of the operations. */
export const personVerb = z.enum([
  'edit',
  'reveal',
  'disable',
  'enable',
  'unlock',
  'setValidity',
  'resetPassword',
  'resetFactor',
  'endSessions',
  'handOver',
  'setRoles',
]);
/** See {@link personVerb}. */
export type PersonVerb = z.output<typeof personVerb>;

/** A person's page. */
export const personView = personRow.extend({
  version: z.int(),
  /** What is filled, masked where it is sealed. */
  values: z.record(z.string(), z.unknown()),
  /** The sealed fields that have a value. */
  sealed: z.array(z.string()),
  mustChange: z.boolean(),
  passwordChangedAt: instant,
  lockedUntil: instant.nullable(),
  openSessions: z.int(),
  /** The last day the platform allows, for whoever may not go beyond it. */
  validityLimit: z.iso.date().nullable(),
  secondFactor: z.boolean(),
  /** Whether another administrator must agree to how this person signs in. */
  takesTwo: z.boolean(),
  /** What of it waits to be agreed to. */
  waiting: z.array(z.enum(['password', 'second-factor'])),
  abilities: z.array(personVerb),
  /** The roles the asker may give here, and whether the person holds them. */
  grantable: z.array(titled.extend({ held: z.boolean() })),
});
/** See {@link personView}. */
export type PersonView = z.output<typeof personView>;

/** In a filter: the people of no organisation. */
export const noOrganisation = 'none';

/** What a list is filtered by. */
export const personFilter = z.object({
  q: z.string().trim().max(60).optional(),
  status: personStatus.optional(),
  organisationId: z.string().max(40).optional(),
  roleId: z.string().max(64).optional(),
  sort: z.enum(['userName', '-userName', '-createdAt', 'createdAt']).default('-createdAt'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
/** See {@link personFilter}. */
export type PersonFilter = z.output<typeof personFilter>;

/** What the pages offer to choose from. */
export const personChoices = z.object({
  organisations: z.array(z.object({ id: z.string(), name: z.string(), ending: z.string() })),
  /** Whether people of no organisation may be entered. */
  platform: z.boolean(),
  /** Whether names are given with the organisation's ending only. */
  ownNames: z.boolean(),
  roles: z.array(titled),
});
/** See {@link personChoices}. */
export type PersonChoices = z.output<typeof personChoices>;

/** Open work that hangs on a person, of one kind. */
export const openWork = z.object({ title: z.string(), count: z.int() });
