import { expect, test } from 'vitest';
import { citizenApplication } from '#areas/elv/citizen-application/model/citizen-application.lifecycle.ts';
import { applicationColumns } from '#areas/elv/citizen-application/server/application.store.ts';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import { enterpriseSystem } from '#areas/elv/enterprise-system/model/enterprise-system.lifecycle.ts';
import { systemColumns } from '#areas/elv/enterprise-system/server/enterprise-system.store.ts';
import { conduct } from '#areas/elv/practitioner/model/conduct.lifecycle.ts';
import { conductColumns, practitionerColumns } from '#areas/elv/practitioner/server/practitioner-access.ts';
import { qualificationRegistry } from '#areas/elv/qualification/model/qualification.profile.ts';
import { vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { caseColumns } from '#areas/elv/vehicle-case/server/case-access.ts';
import { withdrawal } from '#areas/elv/withdrawal/model/withdrawal.lifecycle.ts';
import { withdrawalColumns } from '#areas/elv/withdrawal/server/withdrawal-access.ts';
import { personColumns } from '#areas/governance/person/server/person-access.ts';
import { conditionFaults } from '#kernel/access/condition.ts';
import type { AccessColumns } from '#kernel/access/where-rows.store.ts';
import { entryColumns } from '#practices/registry/server/entry-access.ts';
import { conditions, plans, roles } from './plans.ts';

// An entry is of a district by its organisation: stores ask for the organisations that lie there.
const ofEntries: AccessColumns = { ...entryColumns, district: 'organisation_id' };

/** What stores can ask the database, by the stem of the permission. */
const columns: Readonly<Record<string, AccessColumns>> = {
  [vehicleCase.id]: caseColumns,
  // Numbers are kept by district and enterprise; that they are is tried where they are read.
  'elv.progress': { district: 'district_code' },
  [dismantlerRegistry.id]: ofEntries,
  'elv.photo-evidence': caseColumns,
  [withdrawal.id]: withdrawalColumns,
  // An application is of a district by its chosen enterprise, asked for as entries are.
  [citizenApplication.id]: { ...applicationColumns, district: 'enterprise_id' },
  [enterpriseSystem.id]: systemColumns,
  'elv.practitioner': practitionerColumns,
  [conduct.id]: conductColumns,
  [qualificationRegistry.id]: ofEntries,
  'governance.person': personColumns,
};

test('R44: whatever a condition may ask about stands in a column, so that the database judges as the engine does', () => {
  for (const [stem, fields] of Object.entries(conditions)) {
    expect([stem, fields.map(({ field }) => field).filter((field) => !columns[stem]?.[field])]).toEqual([stem, []]);
    expect(plans.some(({ resources }) => Object.hasOwn(resources, stem))).toBe(true);
    for (const { title, values } of fields) expect([title, Object.keys(values).length > 1]).toEqual([title, true]);
  }
});

test('R44: the conditions of the shipped roles are written in fields that are declared', () => {
  const written = roles.flatMap(({ grants }) =>
    grants.flatMap(({ permission, rows }) =>
      typeof rows === 'object' && 'where' in rows ? [{ permission, where: rows.where }] : [],
    ),
  );
  expect(written.length).toBeGreaterThan(0);
  for (const { permission, where } of written)
    expect([permission, conditionFaults(where, conditions[permission.split(':')[0] ?? ''] ?? [])]).toEqual([
      permission,
      [],
    ]);
});
