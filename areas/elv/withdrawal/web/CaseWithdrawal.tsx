import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import type { MatterShown } from '#web-kit/matter-beside.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import type { CaseWithdrawalView } from '../model/withdrawal.views.ts';
import styles from './case-withdrawal.module.css';
import { casePlaceOf, ofCaseQuery, placeOf, withdrawalApi, withdrawalListsKey } from './withdrawal-api.ts';
import { withdrawalTone } from './withdrawal-tone.ts';

const useOfCase = ({ id, version }: MatterShown): CaseWithdrawalView | undefined => {
  const permitted = may(useSession(), 'elv.withdrawal:read');
  return useQuery({ ...ofCaseQuery(id, version), enabled: permitted }).data;
};

const Current = ({ current }: { current: NonNullable<CaseWithdrawalView['current']> }) => (
  <div className={`${styles.note} ${current.stateKind === 'final' ? '' : styles.live}`} role="note">
    <strong>{current.kindTitle ? `撤销申请（${current.kindTitle}）` : '撤销申请'}</strong>
    <StateTag tone={withdrawalTone(current.state)} title={current.stateTitle} />
    {current.stateKind !== 'final' && <span>等待{current.waitingFor}</span>}
    {current.successorName && <span>新企业：{current.successorName}</span>}
    {current.successorCase && (
      <span>
        新案卷：
        {current.successorCase.id === null ? (
          current.successorCase.caseNo
        ) : (
          <Link {...casePlaceOf(current.successorCase.id)}>{current.successorCase.caseNo}</Link>
        )}
      </span>
    )}
    <Link {...placeOf(current.id)} className={styles.open ?? ''}>
      查看申请 {current.withdrawalNo}
    </Link>
  </div>
);

const CarriedFrom = ({ from }: { from: NonNullable<CaseWithdrawalView['carriedFrom']> }) => (
  <div className={styles.note} role="note">
    <strong>车辆由其他企业转入</strong>
    <span>
      原企业：{from.enterpriseName}，原案卷 {from.caseNo}；车证、所有人、代理人信息和照片随车转入，请核对后提交受理
    </span>
    <Link {...placeOf(from.withdrawalId)} className={styles.open ?? ''}>
      查看申请 {from.withdrawalNo}
    </Link>
  </div>
);

/** The withdrawal of a case and where the case came from, at the top of the case's own page. Source: tender R08. */
export const CaseWithdrawalTop = (matter: MatterShown) => {
  const view = useOfCase(matter);
  return (
    <>
      {view?.current && <Current current={view.current} />}
      {view?.carriedFrom && <CarriedFrom from={view.carriedFrom} />}
    </>
  );
};

/** The way to ask for a withdrawal, or why there is none, where one acts on the case. */
export const CaseWithdrawalActions = (matter: MatterShown) => {
  const view = useOfCase(matter);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const open = useMutation({
    mutationFn: () => withdrawalApi.open({ caseId: matter.id }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: withdrawalListsKey });
      return navigate(placeOf(id));
    },
    onError: (error) => {
      const { message: told, problems } = failureOf(error);
      void message.error([told, ...problems.map((one) => one.message)].join('：'));
    },
  });
  if (!view?.apply) return null;
  const { missing } = view.apply;
  const possible = missing.length === 0;
  return (
    <div className={styles.apply}>
      <Button
        data-action="applyForWithdrawal"
        type={possible ? 'default' : 'dashed'}
        aria-disabled={!possible}
        style={possible ? {} : { color: 'var(--c-text-second)', background: 'var(--c-ground)' }}
        loading={open.isPending}
        onClick={() => {
          if (possible) open.mutate();
        }}
      >
        申请撤销
      </Button>
      {missing.map((why) => (
        <p key={why} className={styles.why}>
          {why}
        </p>
      ))}
    </div>
  );
};
