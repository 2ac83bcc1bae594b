import ImportOutlined from '@ant-design/icons/ImportOutlined';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { may, useSession } from '#web-kit/session.tsx';

/** Leads to opening many cases from a workbook; shown to those who may. Source: tender R01. */
export const ImportCasesLink = () => {
  const session = useSession();
  const navigate = useNavigate();
  if (!may(session, 'elv.vehicle-case:import')) return null;
  return (
    <Button
      icon={<ImportOutlined aria-hidden />}
      onClick={() => void navigate({ to: '/elv/vehicle-cases/import', search: {} })}
    >
      从 Excel 导入
    </Button>
  );
};
