import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#kernel/contract/operation.ts';
import { formatNumber } from '#web-kit/format.ts';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import styles from './my-work.module.css';

type Summary = OutputOf<typeof vehicleCaseContract.summary>;

/** How the outside systems stand: what waits for their answer, and what they will not answer without a person. Source: tender R57, R60. */
export const OutsideLine = ({ summary }: { summary: Summary | undefined }) => {
  const waitStates = summary?.states.filter(({ kind }) => kind === 'wait') ?? [];
  const waiting = waitStates.reduce((sum, { count }) => sum + count, 0);
  const stuck = summary?.needsPerson ?? 0;
  return (
    <section className={styles.panel} aria-label="外部系统" aria-busy={summary === undefined}>
      <h2 className={styles.heading}>外部系统</h2>
      {summary && (
        <>
          <p className={stuck > 0 ? styles.stuck : styles.well}>
            {stuck > 0 ? `${formatNumber(stuck)} 项往来多次发送未成功，需人工处理` : '往来正常，没有需人工处理的'}
          </p>
          {waiting > 0 && (
            <Link to="/elv/vehicle-cases" search={{ state: waitStates.map(({ state }) => state), sort: 'stateSince' }}>
              等待外部应答的案卷 {formatNumber(waiting)} 件
            </Link>
          )}
        </>
      )}
    </section>
  );
};
