import { importLines, importTasks } from '#kernel/retention/import-retentions.store.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import { caseExportRetention } from './case-export/server/case-export-retention.store.ts';
import { caseImportRetention } from './case-import/server/case-import-retention.store.ts';
import { dismantlerRegistry } from './dismantler/model/dismantler.profile.ts';
import { refusalRetention } from './enterprise-system/server/refusal.retention.ts';
import { qualificationRegistry } from './qualification/model/qualification.profile.ts';

const imports = [
  { table: `${dismantlerRegistry.schema}.registry_import`, id: 'dismantler-import', title: '回收拆解企业导入' },
  { table: `${qualificationRegistry.schema}.registry_import`, id: 'qualification-import', title: '资质导入' },
  { table: 'elv.practitioner_import', id: 'practitioner-import', title: '从业人员导入' },
];

/** What of the area is erased when it has been kept long enough. Cases, their steps, photographs and registries are not among it: adr/0059. */
export const elvRetentions: readonly Retention[] = [
  caseExportRetention,
  caseImportRetention,
  refusalRetention,
  ...imports.flatMap((one) => [importLines(one, 'rows'), importTasks(one)]),
];
