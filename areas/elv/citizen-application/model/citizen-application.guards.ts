import type { Guard, Obstacle } from '#kernel/lifecycle/lifecycle.ts';
import { rule, tender } from '#kernel/source/source.ts';
import { emptyRecord } from '../../vehicle-case/model/vehicle-case.record.ts';
import { type Slot, slotsOf } from '../../vehicle-case/model/vehicle-case.slots.ts';
import { applicationFaults } from './citizen-application.fields.ts';
import type { ApplicationRecord, CitizenApplication } from './citizen-application.record.ts';

/** The photographs asked for, as the vehicle case will ask for them. Source: tender R01, R62. */
export const materialsOf = ({ sections }: Pick<ApplicationRecord, 'sections'>): readonly Slot[] => {
  const record = emptyRecord(true);
  const filled = { ...record, sections: { ...record.sections, ...sections } };
  return (['papers', 'owner', 'agent'] as const).flatMap((section) => slotsOf(filled, section));
};

/** Of these photographs, those of papers that are asked for as the application stands: nobody is shown any other, and none other goes into a case. Source: rule of least data, 个人信息保护法 第六条. */
export const onlyAsked = <Photo extends { readonly part: string }>(
  record: Pick<ApplicationRecord, 'sections'>,
  photos: readonly Photo[],
): readonly Photo[] => {
  const parts = new Set(materialsOf(record).map(({ part }) => part));
  return photos.filter(({ part }) => parts.has(part));
};

const missing = (record: CitizenApplication): readonly Obstacle[] =>
  materialsOf(record)
    .filter(({ part, required }) => required && !record.photos.some((photo) => photo.part === part))
    .map(({ part, title }) => ({ path: `photo:${part}`, message: `请拍摄${title}` }));

/** Whoever applies has said as whom. Source: domain 9.6 (本人≠车主，须代理). */
export const standsChosen: Guard<CitizenApplication> = {
  name: 'standsChosen',
  source: tender(62),
  check: ({ record }) => (record.as === null ? [{ path: 'as', message: '请选择您是车主本人还是代理人' }] : []),
};

/** Everything a citizen is asked is filled in. */
export const applicationWhole: Guard<CitizenApplication> = {
  name: 'applicationWhole',
  source: tender(62),
  check: ({ record }) =>
    applicationFaults(record).map(({ section, field, message }) => ({ path: `${section}.${field}`, message })),
};

/** The photographs of the papers are there. */
export const materialsThere: Guard<CitizenApplication> = {
  name: 'materialsThere',
  source: tender(1, 62),
  check: ({ record }) => missing(record),
};

/** The owner chose an enterprise; nobody does it for them. */
export const enterpriseChosen: Guard<CitizenApplication> = {
  name: 'enterpriseChosen',
  source: rule('报废机动车回收管理办法（国务院令第715号）', '第八条'),
  check: ({ record }) => (record.enterprise === null ? [{ path: 'enterprise', message: '请选择一家回收企业' }] : []),
};
