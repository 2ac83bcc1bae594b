import AuditOutlined from '@ant-design/icons/AuditOutlined';
import BankOutlined from '@ant-design/icons/BankOutlined';
import CalendarOutlined from '@ant-design/icons/CalendarOutlined';
import DashboardOutlined from '@ant-design/icons/DashboardOutlined';
import FieldTimeOutlined from '@ant-design/icons/FieldTimeOutlined';
import FileProtectOutlined from '@ant-design/icons/FileProtectOutlined';
import FileSearchOutlined from '@ant-design/icons/FileSearchOutlined';
import IdcardOutlined from '@ant-design/icons/IdcardOutlined';
import KeyOutlined from '@ant-design/icons/KeyOutlined';
import MailOutlined from '@ant-design/icons/MailOutlined';
import QuestionCircleOutlined from '@ant-design/icons/QuestionCircleOutlined';
import SafetyCertificateOutlined from '@ant-design/icons/SafetyCertificateOutlined';
import SafetyOutlined from '@ant-design/icons/SafetyOutlined';
import SettingOutlined from '@ant-design/icons/SettingOutlined';
import TableOutlined from '@ant-design/icons/TableOutlined';
import TeamOutlined from '@ant-design/icons/TeamOutlined';
import UserOutlined from '@ant-design/icons/UserOutlined';
import { linkOptions } from '@tanstack/react-router';
import type { AreaWeb } from '#web-kit/area-web.ts';
import { alertMatter } from './audit-log/model/alert.notices.ts';

const readWorkingTime = 'governance.working-time:read';
const readCredentials = 'governance.credential-change:read';
const readLog = 'governance.audit-log:read';
const readAccess = 'governance.access-change:read';
const readCryptography = 'governance.cryptography:read';

/** What governing the system brings to the desk. Source: tender R42–R45. */
export const governanceWeb: AreaWeb = {
  id: 'governance',
  title: '统一管理',
  matters: {
    [alertMatter]: () => linkOptions({ to: '/governance/alerts' }),
    'notice.delivery': () => linkOptions({ to: '/governance/sending', search: { state: 'given-up' } }),
  },
  menu: [
    {
      key: 'alerts',
      title: '安全告警',
      icon: <SafetyOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/alerts' }),
      permission: readLog,
    },
    {
      key: 'log',
      title: '日志',
      icon: <FileSearchOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/audit' }),
      permission: readLog,
    },
    {
      key: 'archives',
      title: '日志归档',
      icon: <FileProtectOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/audit-archives' }),
      permission: readLog,
    },
    {
      key: 'audit-settings',
      title: '日志设置',
      icon: <SettingOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/audit-settings' }),
      permission: readLog,
    },
    {
      key: 'people',
      title: '用户',
      icon: <UserOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/people' }),
      permission: 'governance.person:read',
    },
    {
      key: 'organisations',
      title: '单位',
      icon: <BankOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/organisations' }),
      permission: 'governance.organisation:read',
    },
    {
      key: 'applications',
      title: '授权申请',
      icon: <AuditOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/access-changes' }),
      permission: readAccess,
    },
    {
      key: 'credentials',
      title: '登录凭据',
      icon: <IdcardOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/credential-changes' }),
      permission: readCredentials,
    },
    {
      key: 'roles',
      title: '角色',
      icon: <TeamOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/roles' }),
      permission: readAccess,
    },
    {
      key: 'matrix',
      title: '权限矩阵',
      icon: <TableOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/matrix' }),
      permission: readAccess,
    },
    {
      key: 'why',
      title: '权限查询',
      icon: <QuestionCircleOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/why' }),
      permission: readAccess,
    },
    {
      key: 'operating',
      title: '运行状况',
      icon: <DashboardOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/operating' }),
      permission: 'governance.operating:read',
    },
    {
      key: 'sending',
      title: '消息发送',
      icon: <MailOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/sending' }),
      permission: 'notice.delivery:read',
    },
    {
      key: 'self-check',
      title: '密码与等保自查',
      icon: <SafetyCertificateOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/self-check' }),
      permission: readCryptography,
    },
    {
      key: 'keys',
      title: '密钥',
      icon: <KeyOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/keys' }),
      permission: readCryptography,
    },
    {
      key: 'periods',
      title: '办理期限',
      icon: <FieldTimeOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/periods' }),
      permission: readWorkingTime,
    },
    {
      key: 'calendar',
      title: '工作日历',
      icon: <CalendarOutlined aria-hidden />,
      place: linkOptions({ to: '/governance/calendar' }),
      permission: readWorkingTime,
    },
  ],
};
