import type { Contract, Operation } from '#kernel/contract/operation.ts';
import { noticeOperations } from '#practices/notice/model/notice.operations.ts';
import { accessChangeContract } from './access-change/model/access-change.contract.ts';
import { accountContract } from './account/model/account.contract.ts';
import { ownAccountContract } from './account/model/own-account.contract.ts';
import { auditLogContract } from './audit-log/model/audit-log.contract.ts';
import { credentialChangeContract } from './credential-change/model/credential-change.contract.ts';
import { cryptographyContract } from './cryptography/model/cryptography.contract.ts';
import { operatingContract } from './operating/model/operating.contract.ts';
import { organisationContract } from './person/model/organisation.contract.ts';
import { personContract } from './person/model/person.contract.ts';
import { personImportContract } from './person/model/person-import.contract.ts';
import { workingTimeContract } from './working-time/model/working-time.contract.ts';

const all = (...contracts: readonly Contract[]): readonly Operation[] =>
  contracts.flatMap((contract) => Object.values(contract));

/** Every operation of the area, whether or not it is served here. */
export const governanceOperations: readonly Operation[] = [
  ...all(accountContract, ownAccountContract, personContract, personImportContract, organisationContract),
  ...all(workingTimeContract, accessChangeContract, credentialChangeContract),
  ...all(auditLogContract, cryptographyContract, operatingContract),
  ...noticeOperations,
];
