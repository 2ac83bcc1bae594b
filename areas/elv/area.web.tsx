import ApiOutlined from '@ant-design/icons/ApiOutlined';
import BankOutlined from '@ant-design/icons/BankOutlined';
import BarChartOutlined from '@ant-design/icons/BarChartOutlined';
import CarryOutOutlined from '@ant-design/icons/CarryOutOutlined';
import FileProtectOutlined from '@ant-design/icons/FileProtectOutlined';
import IdcardOutlined from '@ant-design/icons/IdcardOutlined';
import MobileOutlined from '@ant-design/icons/MobileOutlined';
import ProfileOutlined from '@ant-design/icons/ProfileOutlined';
import RollbackOutlined from '@ant-design/icons/RollbackOutlined';
import { linkOptions } from '@tanstack/react-router';
import { Failure } from '#kernel/contract/failure.ts';
import type { AreaWeb, Place } from '#web-kit/area-web.ts';
import type { MatterShown } from '#web-kit/matter-beside.tsx';
import { citizenApplication } from './citizen-application/model/citizen-application.lifecycle.ts';
import {
  CitizenApplicationDuties,
  useWaitingApplications,
} from './citizen-application/web/CitizenApplicationDuties.tsx';
import { offeredPlace } from './citizen-application/web/citizen-application-api.ts';
import { DismantlerDuties, useWaitingDismantlers } from './dismantler/web/DismantlerDuties.tsx';
import { dismantlers } from './dismantler/web/dismantler-web.ts';
import { SystemDuties, useWaitingSystems } from './enterprise-system/web/SystemDuties.tsx';
import { systemPlace } from './enterprise-system/web/system-api.ts';
import { CasePhotoEvidence } from './photo-evidence/web/CasePhotoEvidence.tsx';
import { PractitionerDuties, useWaitingConducts } from './practitioner/web/PractitionerDuties.tsx';
import { QualificationDuties, useWaitingQualifications } from './qualification/web/QualificationDuties.tsx';
import { qualifications } from './qualification/web/qualification-web.tsx';
import { vehicleCase } from './vehicle-case/model/vehicle-case.lifecycle.ts';
import { findCase } from './vehicle-case/web/find-case.ts';
import { useWaitingCases } from './vehicle-case/web/use-waiting-cases.ts';
import { withdrawal } from './withdrawal/model/withdrawal.lifecycle.ts';
import { CaseWithdrawalActions, CaseWithdrawalTop } from './withdrawal/web/CaseWithdrawal.tsx';
import { useWaitingWithdrawals, WithdrawalDuties } from './withdrawal/web/WithdrawalDuties.tsx';

const read = 'elv.vehicle-case:read';
const readDismantlers = 'elv.dismantler:read';
const readQualifications = 'elv.qualification:read';
const readWithdrawals = 'elv.withdrawal:read';
const readApplications = 'elv.citizen-application:read';

/** Cases, applications, entries, qualifications and withdrawals that wait for the signed-in person, together; undefined until all are known. */
const useWaiting = (): number | undefined => {
  const counts = [
    useWaitingCases(),
    useWaitingApplications(),
    useWaitingDismantlers(),
    useWaitingQualifications(),
    useWaitingWithdrawals(),
    useWaitingSystems(),
    useWaitingConducts(),
  ];
  return counts.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0);
};

/** What waits beside the cases. */
const ElvDuties = () => (
  <>
    <CitizenApplicationDuties />
    <WithdrawalDuties />
    <QualificationDuties />
    <DismantlerDuties />
    <PractitionerDuties />
    <SystemDuties />
  </>
);

/** Nothing, where the person may not even ask. */
const ifAllowed = async <T,>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Failure && error.status === 403) return undefined;
    throw error;
  });

const findDismantler = async (text: string): Promise<Place | undefined> => {
  const { rows, total } = await dismantlers.api.list({ q: text, size: 2 });
  const [only] = rows;
  if (total === 0) return undefined;
  return total === 1 && only ? dismantlers.places.entry(only.id) : dismantlers.places.list({ q: text });
};

/** Where the global search leads: to cases, else to dismantlers, else to the empty list that says so. Errors: throws Failure. */
const findInElv = async (text: string): Promise<Place> =>
  (await ifAllowed(findCase(text))) ??
  (await ifAllowed(findDismantler(text))) ??
  linkOptions({ to: '/elv/vehicle-cases', search: { q: text } });

/** What other features say at the top of a case's page. */
const CaseTop = (matter: MatterShown) => (
  <>
    <CaseWithdrawalTop {...matter} />
    <CasePhotoEvidence {...matter} />
  </>
);

/** What the area of end-of-life vehicles brings to the desk. Source: tender R01–R14, R49.1, R62. */
export const elvWeb: AreaWeb = {
  id: 'elv',
  title: '报废机动车',
  menu: [
    {
      key: 'my-work',
      title: '我的工作',
      icon: <CarryOutOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/my-work' }),
      permission: [read, readDismantlers, readQualifications, readWithdrawals],
    },
    {
      key: 'cases',
      title: '案卷列表',
      icon: <ProfileOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/vehicle-cases' }),
      permission: read,
    },
    {
      key: 'citizen-applications',
      title: '个人申请',
      icon: <MobileOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/citizen-applications' }),
      permission: readApplications,
    },
    {
      key: 'progress',
      title: '办理进度',
      icon: <BarChartOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/progress' }),
      permission: 'elv.progress:read',
    },
    {
      key: 'withdrawals',
      title: '撤销申请',
      icon: <RollbackOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/withdrawals' }),
      permission: readWithdrawals,
    },
    {
      key: 'dismantlers',
      title: '回收拆解企业库',
      icon: <BankOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/dismantlers' }),
      permission: readDismantlers,
    },
    {
      key: 'qualifications',
      title: '企业资质',
      icon: <FileProtectOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/qualifications' }),
      permission: readQualifications,
    },
    {
      key: 'enterprise-systems',
      title: '企业系统',
      icon: <ApiOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/enterprise-systems' }),
      permission: 'elv.enterprise-system:read',
    },
    {
      key: 'practitioners',
      title: '从业人员',
      icon: <IdcardOutlined aria-hidden />,
      place: linkOptions({ to: '/elv/practitioners' }),
      permission: 'elv.practitioner:read',
    },
  ],
  duties: ElvDuties,
  beside: { [vehicleCase.id]: { top: CaseTop, actions: CaseWithdrawalActions } },
  matters: {
    [withdrawal.id]: (withdrawalId) => linkOptions({ to: '/elv/withdrawals/$withdrawalId', params: { withdrawalId } }),
    'elv.case-export': () => linkOptions({ to: '/elv/vehicle-case-exports', search: {} }),
    'elv.enterprise-system': systemPlace,
    [dismantlers.profile.id]: (entryId) => dismantlers.places.entry(entryId),
    'elv.qualification': (entryId) => qualifications.places.entry(entryId),
    [citizenApplication.id]: (applicationId) => offeredPlace(applicationId),
    'elv.practitioner': (practitionerId) =>
      linkOptions({ to: '/elv/practitioners/$practitionerId', params: { practitionerId } }),
    [vehicleCase.id]: (caseId) => linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId } }),
  },
  waiting: { useCount: useWaiting, place: linkOptions({ to: '/elv/my-work' }) },
  openToAll: [{ title: '报废进度查询', place: linkOptions({ to: '/progress-query' }) }],
  search: { placeholder: '号牌、车辆识别代号、案卷编号、所有人、企业', find: findInElv },
};
