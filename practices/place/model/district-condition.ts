import type { ConditionField } from '#kernel/access/condition.ts';
import { shanghaiDistricts } from './shanghai-districts.ts';

/** A role's condition on the district a row belongs to. Source: tender R44. */
export const districtCondition: ConditionField = { field: 'district', title: '所在区', values: shanghaiDistricts };
