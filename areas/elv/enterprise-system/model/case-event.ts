import type { VehicleCaseAction } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';

/** What an enterprise's system is told of its cases. */
export const caseEvents = {
  returned: '退回修改',
  passed: '审核通过',
  refused: '不予报废',
  certified: '回收证明已出具',
  deregistered: '注销证明已取得',
  withdrawn: '已撤销',
} as const;
/** One of {@link caseEvents}. */
export type CaseEventKind = keyof typeof caseEvents;

/** The steps that are told, each as what. What the enterprise has done itself is not. */
const told: Readonly<Partial<Record<VehicleCaseAction, CaseEventKind>>> = {
  returnDesk: 'returned',
  returnConfirm: 'returned',
  returnEntry: 'returned',
  returnDismantling: 'returned',
  returnSupervised: 'returned',
  returnReport: 'returned',
  returnPapers: 'returned',
  returnCorrection: 'returned',
  returnIdentity: 'returned',
  returnIdentityDecision: 'returned',
  refuseDeregistration: 'returned',
  confirm: 'passed',
  passEntry: 'passed',
  passDismantling: 'passed',
  passSupervised: 'passed',
  passCorrection: 'passed',
  confirmIdentity: 'passed',
  refuse: 'refused',
  endWrongVehicle: 'refused',
  certify: 'certified',
  acceptDeregistration: 'deregistered',
  withdraw: 'withdrawn',
};

/** What a step is told as; undefined where it is not. */
export const eventOf = (action: VehicleCaseAction): CaseEventKind | undefined => told[action];

/** Whether what a step was given as its reason is told with it. */
export const tellsReason = (event: CaseEventKind): boolean => ['returned', 'refused', 'withdrawn'].includes(event);
