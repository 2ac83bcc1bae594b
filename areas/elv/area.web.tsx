import CarryOutOutlined from '@ant-design/icons/CarryOutOutlined';
import ProfileOutlined from '@ant-design/icons/ProfileOutlined';
import { linkOptions } from '@tanstack/react-router';
import type { AreaWeb } from '#web-kit/area-web.ts';
import { findCase } from './vehicle-case/web/find-case.ts';
import { useWaitingCases } from './vehicle-case/web/use-waiting-cases.ts';

const read = 'elv.vehicle-case:read';

/** What the area of end-of-life vehicles brings to the desk. Source: tender R01–R07, R14. */
export const elvWeb: AreaWeb = {
  id: 'elv',
  title: '报废机动车',
  menu: [
    {
      key: 'my-work',
      title: '我的工作',
      icon: <CarryOutOutlined />,
      place: linkOptions({ to: '/elv/my-work' }),
      permission: read,
    },
    {
      key: 'cases',
      title: '案卷列表',
      icon: <ProfileOutlined />,
      place: linkOptions({ to: '/elv/vehicle-cases' }),
      permission: read,
    },
  ],
  waiting: { useCount: useWaitingCases, place: linkOptions({ to: '/elv/my-work' }) },
  search: { placeholder: '号牌、车辆识别代号、案卷编号、所有人', find: findCase },
};
