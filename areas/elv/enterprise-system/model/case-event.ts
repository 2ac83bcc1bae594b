import type { VehicleCaseAction, VehicleCaseState } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';

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
  dropIdentityDecision: 'returned',
  refuseDeregistration: 'returned',
  confirm: 'passed',
  passEntry: 'passed',
  passDismantling: 'passed',
  passSupervised: 'passed',
  passCorrection: 'passed',
  confirmIdentity: 'passed',
  refuse: 'refused',
  certify: 'certified',
  acceptDeregistration: 'deregistered',
  withdraw: 'withdrawn',
};

/** A case that was reported ends when the report is back, and not when that was decided: the national system may say no. Source: ADR 0053. */
const endings: readonly VehicleCaseAction[] = ['endWrongVehicle', 'takeBackReport', 'endWithReportStanding'];

/** What a step that led to the state is told as; undefined where it is not. */
export const eventOf = (action: VehicleCaseAction, state: string): CaseEventKind | undefined => {
  if (endings.includes(action))
    return state === ('wronglyDismantled' satisfies VehicleCaseState) ? 'refused' : undefined;
  return told[action];
};

/** Whether what a step was given as its reason is told with it. */
export const tellsReason = (event: CaseEventKind): boolean => ['returned', 'refused', 'withdrawn'].includes(event);
