import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';

/** An organisation as it is listed. */
export const organisationView = z.object({
  id: z.string(),
  name: z.string(),
  creditCode: z.string(),
  districtCode: z.string(),
  kind: z.string(),
  kindTitle: z.string(),
  /** How many accounts it has. */
  people: z.int(),
});
/** See {@link organisationView}. */
export type OrganisationView = z.output<typeof organisationView>;

/** What a list is filtered by. */
export const organisationFilter = z.object({
  q: z.string().trim().max(60).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

const base = '/governance/organisations' as const;
const values = z.record(z.string().max(40), z.unknown());
const FAULTY = { status: 422, message: '有内容需要补充或改正' } as const;
const write = { source: tender(42), audit: 'write', output: organisationView } as const;

/**
 * The organisations people are entered for: without one, no enterprise can begin. Names and codes only; the registry of enterprises with
 * their qualifications and sites (R49) comes with an area of its own and will take these over by the same ids. Source: tender R42, R49.
 */
export const organisationContract = {
  list: operation({
    id: 'governance.organisation.list',
    title: '单位列表',
    source: tender(42),
    method: 'GET',
    path: base,
    permission: 'governance.organisation:read',
    input: organisationFilter,
    output: z.object({ rows: z.array(organisationView), total: z.int() }),
    errors: {},
    audit: 'none',
  }),
  register: operation({
    ...write,
    id: 'governance.organisation.register',
    title: '登记单位',
    method: 'POST',
    path: base,
    permission: 'governance.organisation:register',
    input: z.object({ values }),
    errors: { FAULTY },
  }),
  correct: operation({
    ...write,
    id: 'governance.organisation.correct',
    title: '更正单位信息',
    method: 'PUT',
    path: `${base}/{organisationId}`,
    permission: 'governance.organisation:correct',
    input: z.object({
      organisationId: z.string().min(1).max(40),
      /** What the asker saw of the fields being changed. */
      was: values,
      changes: values,
    }),
    errors: {
      FAULTY,
      NOT_FOUND: { status: 404, message: '没有找到，可能已被删除，或不在您的权限范围内' },
      CHANGED: { status: 409, message: '这个单位的信息刚被他人改过，请关闭后核对最新内容再改' },
    },
  }),
};
