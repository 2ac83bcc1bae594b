import CalendarOutlined from '@ant-design/icons/CalendarOutlined';
import FieldTimeOutlined from '@ant-design/icons/FieldTimeOutlined';
import { linkOptions } from '@tanstack/react-router';
import type { AreaWeb } from '#web-kit/area-web.ts';

const readWorkingTime = 'governance.working-time:read';

/** What governing the system brings to the desk. Source: tender R42–R45. */
export const governanceWeb: AreaWeb = {
  id: 'governance',
  title: '统一管理',
  menu: [
    {
      key: 'periods',
      title: '办理期限',
      icon: <FieldTimeOutlined />,
      place: linkOptions({ to: '/governance/periods' }),
      permission: readWorkingTime,
    },
    {
      key: 'calendar',
      title: '工作日历',
      icon: <CalendarOutlined />,
      place: linkOptions({ to: '/governance/calendar' }),
      permission: readWorkingTime,
    },
  ],
};
