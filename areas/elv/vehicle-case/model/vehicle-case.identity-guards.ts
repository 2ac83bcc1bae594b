import type { Guard } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule } from '#kernel/source/source.ts';
import { isRegistered, type VehicleCase } from './vehicle-case.record.ts';

const againstFinding = {
  agreed: '车管认定拆解的不是申报车辆，不能确认更正，请按错拆终止或退回',
  rejected: '车管同意更正，没有认定错拆；认为错拆的请写明原因退回，由车管重新复核',
} as const;

/** The vehicle desk has found just this about the asserted identity: nobody decides otherwise alone. */
export const deskFound = (finding: 'agreed' | 'rejected'): Guard<VehicleCase> => ({
  name: `desk-found(${finding})`,
  source: assumption('更正车辆身份或认定错拆，须车管与商务委两方意见一致'),
  check: ({ record }) => (record.identity?.finding === finding ? [] : [{ path: '', message: againstFinding[finding] }]),
});

/** The vehicle desk holds that another vehicle was dismantled. What it has returned since it still holds, or the yard could keep the case open for ever by not handing it in again. */
export const heldToBeWrong: Guard<VehicleCase> = {
  name: 'held-to-be-wrong',
  source: assumption('车管认定错拆、退回后企业不再提交的，商务委可以直接认定错拆'),
  check: (snapshot) =>
    snapshot.state === 'identityCorrecting' && snapshot.record.identity?.heldWrong
      ? []
      : deskFound('rejected').check(snapshot),
};

/** No deregistration was reported of the case: what the vehicle administration has acted upon is not taken back here. */
export const noDeregistration: Guard<VehicleCase> = {
  name: 'no-deregistration',
  source: rule('机动车登记规定（公安部令第164号）', '第四十二条'),
  check: ({ record }) =>
    record.deregistrationNo === null
      ? []
      : [{ path: '', message: '注销信息已经上报，不能在这里更正车辆身份，请先与车管所联系' }],
};

/** Whether the vehicle is on the police register is as it was accepted: nobody takes a vehicle out of the comparison by asserting another. */
export const registeredAsBefore: Guard<VehicleCase> = {
  name: 'registered-as-before',
  source: assumption('更正车辆身份不改变是否车管登记车辆，否则无须比对'),
  check: ({ record }) =>
    record.identity === undefined || record.identity.registered === isRegistered(record)
      ? []
      : [
          {
            path: 'papers.registeredWithPolice',
            message: '更正车辆身份时不能改变是否车管登记车辆，请改回受理时的选择',
          },
        ],
};

/** The vehicle desk does not hold that another vehicle was dismantled: such a finding is not dropped by one person, nor by the yard it is about, and returning it is not taking it back. */
export const notFoundWrong: Guard<VehicleCase> = {
  name: 'not-found-wrong',
  source: assumption('车管认定错拆的，不能由企业或商务委一方放弃更正；须重新提交，由车管改为同意更正之后才可以'),
  check: ({ record }) =>
    record.identity?.heldWrong
      ? [{ path: '', message: '车管认定拆解的不是申报车辆，不能放弃更正；认为认定有误的，请重新提交，由车管改变认定' }]
      : [],
};

/** As what the case was accepted is kept; it is of every case that was asserted to be another's since there is a way back. */
export const acceptedKept: Guard<VehicleCase> = {
  name: 'accepted-kept',
  source: assumption('放弃更正的，案卷恢复为受理时的内容；没有留存的，只能继续办理'),
  check: ({ record }) =>
    record.identity?.accepted
      ? []
      : [{ path: '', message: '申请更正时没有留存受理时的内容，无法恢复，请继续办理更正' }],
};

/** At the vehicle desk the commission drops only what the national system has kept from being carried out. */
export const notBeforeDesk: Guard<VehicleCase> = {
  name: 'not-before-desk',
  source: assumption('全国系统不撤回原上报的，商务委可以不予更正；此前先由车管复核'),
  check: ({ record, state }) =>
    state !== 'identityReview' || record.identity?.notTakenBack
      ? []
      : [{ path: '', message: '车管正在复核，复核后再由商务委决定' }],
};

/** Desk and commission hold that another vehicle was dismantled, and the national system would not give the report back. */
export const wrongAndStanding: Guard<VehicleCase> = {
  name: 'wrong-and-standing',
  source: assumption('认定错拆而全国系统不撤回原上报的，商务委可以终止案卷，原上报由人工与全国系统处理'),
  check: ({ record }) =>
    record.identity?.finding === 'rejected' && record.identity.notTakenBack
      ? []
      : [{ path: '', message: '只有认定错拆、且全国系统没有撤回原上报的案卷，才能这样终止' }],
};
