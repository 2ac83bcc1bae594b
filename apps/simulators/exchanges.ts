import { legalPersons } from './data-lake/legal-persons.ts';
import { penalties } from './data-lake/penalty-lists.ts';
import { enforcementEvents } from './enforcement/event-lists.ts';
import type { SimulatedExchange } from './exchange.ts';
import { mailMessages, smsMessages } from './gateways/messages.ts';
import { workOrders } from './hotline/work-order-lists.ts';
import { personChecks } from './identity/person-checks.ts';
import {
  deregistrationCertificates,
  deregistrations,
  recyclingCertificates,
  scrapCases,
  withdrawals,
} from './national/scrap-cases.ts';
import { oneStopPeople, oneStopReports, oneStopTokens, oneStopVehicles } from './one-stop/exchanges.ts';
import {
  plateDestructions,
  plateDestructionWithdrawals,
  recycledNotices,
  recycledWithdrawals,
  supervisedDismantlings,
} from './police/dismantling.ts';
import { duplicateAcceptances, inspectionRecords, ownerComparisons, vehicleChecks } from './police/vehicle-checks.ts';

/** Every exchange this program serves. */
export const simulatedExchanges: readonly SimulatedExchange[] = [
  vehicleChecks,
  ownerComparisons,
  duplicateAcceptances,
  inspectionRecords,
  recycledNotices,
  recycledWithdrawals,
  supervisedDismantlings,
  plateDestructions,
  plateDestructionWithdrawals,
  scrapCases,
  recyclingCertificates,
  deregistrations,
  deregistrationCertificates,
  withdrawals,
  personChecks,
  legalPersons,
  penalties,
  workOrders,
  enforcementEvents,
  smsMessages,
  mailMessages,
  oneStopTokens,
  oneStopPeople,
  oneStopVehicles,
  oneStopReports,
];
