import type { ConditionField } from '#kernel/access/condition.ts';
import { stateCondition } from '#kernel/lifecycle/state-condition.ts';
import { districtCondition } from '#practices/place/model/district-condition.ts';
import type { RegistryProfile } from './profile.ts';
import type { RegistryRecord } from './registry-record.ts';

const origins: Readonly<Record<RegistryRecord['origin'], string>> = {
  declared: '企业自行申报',
  imported: '主管部门导入',
};

/** What conditions of roles may ask of a registry's entries. Source: tender R44, R49. */
export const registryConditions = (profile: RegistryProfile): readonly ConditionField[] => [
  stateCondition(profile.flow().lifecycle.states),
  districtCondition,
  { field: 'origin', title: '来源', values: origins },
];
