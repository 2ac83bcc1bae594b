import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#kernel/contract/operation.ts';
import { formatNumber } from '#web-kit/format.ts';
import { SolidTag } from '#web-kit/SolidTag.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import styles from './my-work.module.css';
import { holdTone, stateTone } from './state-tone.ts';

type Summary = OutputOf<typeof vehicleCaseContract.summary>;

/** How many of the cases this person may see rest in each state, and how many are held; each line opens them in the list. */
export const StatesOverview = ({ summary }: { summary: Summary | undefined }) => (
  <section className={styles.panel} aria-label="全部案卷" aria-busy={summary === undefined}>
    <h2 className={styles.heading}>全部案卷</h2>
    <ul>
      {summary?.states.map(({ state, title, kind, count }) => (
        <li key={state}>
          <Link to="/elv/vehicle-cases" search={{ state: [state] }} className={styles.stateLine}>
            <StateTag tone={stateTone({ state, stateKind: kind, round: 1 })} title={title} />
            <span className={styles.stateCount}>{formatNumber(count)}</span>
          </Link>
        </li>
      ))}
      {summary?.held
        .filter(({ count }) => count > 0)
        .map(({ code, title, count }) => (
          <li key={code}>
            <Link to="/elv/vehicle-cases" search={{ held: code }} className={styles.stateLine}>
              <SolidTag tone={holdTone(code)} title={title} reason="暂停办理，期限停止计算" />
              <span className={styles.stateCount}>{formatNumber(count)}</span>
            </Link>
          </li>
        ))}
    </ul>
  </section>
);
