import type { Contract, Operation } from '#kernel/contract/operation.ts';
import { registryOperations } from '#practices/registry/model/registry.operations.ts';
import { caseExportContract } from './case-export/model/case-export.contract.ts';
import { caseImportContract } from './case-import/model/case-import.contract.ts';
import { citizenContract } from './citizen-application/model/citizen.contract.ts';
import { citizenStepContract } from './citizen-application/model/citizen.steps.ts';
import {
  citizenApplicationContract,
  citizenApplicationSteps,
} from './citizen-application/model/citizen-application.contract.ts';
import { dismantlerRegistry } from './dismantler/model/dismantler.profile.ts';
import { enterpriseSystemContract, systemStepContract } from './enterprise-system/model/enterprise-system.contract.ts';
import { photoEvidenceContract } from './photo-evidence/model/photo-evidence.contract.ts';
import { conductContract, conductStepContract } from './practitioner/model/conduct.contract.ts';
import { practitionerContract } from './practitioner/model/practitioner.contract.ts';
import { practitionerImportContract } from './practitioner/model/practitioner-import.contract.ts';
import { progressContract } from './progress/model/progress.contract.ts';
import { publicQueryContract } from './progress/model/public-query.contract.ts';
import { complaintContract } from './qualification/model/complaints.ts';
import { enforcementContract } from './qualification/model/enforcement.ts';
import { penaltyContract } from './qualification/model/penalties.ts';
import { qualificationContract } from './qualification/model/qualification.contract.ts';
import { qualificationRegistry } from './qualification/model/qualification.profile.ts';
import { intakeContract } from './vehicle-case/model/intake.contract.ts';
import { signedTrailContract } from './vehicle-case/model/signed-trail.contract.ts';
import { vehicleCaseContract } from './vehicle-case/model/vehicle-case.contract.ts';
import { stepContract } from './vehicle-case/model/vehicle-case.steps.ts';
import { yardTaskContract } from './vehicle-case/model/yard-task.contract.ts';
import { withdrawalContract } from './withdrawal/model/withdrawal.contract.ts';
import { withdrawalStepContract } from './withdrawal/model/withdrawal.steps.ts';

const all = (...contracts: readonly Contract[]): readonly Operation[] =>
  contracts.flatMap((contract) => Object.values(contract));

/** Every operation of the area, whether or not it is served here. */
export const elvOperations: readonly Operation[] = [
  ...all(vehicleCaseContract, yardTaskContract, signedTrailContract, caseExportContract, caseImportContract),
  ...all(stepContract, publicQueryContract, progressContract, photoEvidenceContract),
  ...registryOperations(dismantlerRegistry),
  ...all(withdrawalContract, withdrawalStepContract),
  ...registryOperations(qualificationRegistry),
  ...all(qualificationContract, penaltyContract, complaintContract, enforcementContract),
  ...all(citizenContract, citizenStepContract, citizenApplicationContract, citizenApplicationSteps),
  ...all(intakeContract, enterpriseSystemContract, systemStepContract),
  ...all(practitionerContract, practitionerImportContract, conductContract, conductStepContract),
];
