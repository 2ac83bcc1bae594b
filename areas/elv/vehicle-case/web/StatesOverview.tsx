import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#kernel/contract/operation.ts';
import { formatNumber } from '#web-kit/format.ts';
import { StateTag } from '#web-kit/StateTag.tsx';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import styles from './my-work.module.css';
import { stateTone } from './state-tone.ts';

type States = OutputOf<typeof vehicleCaseContract.summary>['states'];

/** How many of the cases this person may see rest in each state; each line opens them in the list. */
export const StatesOverview = ({ states }: { states: States | undefined }) => (
  <section className={styles.panel} aria-label="全部案卷" aria-busy={states === undefined}>
    <h2 className={styles.heading}>全部案卷</h2>
    <ul>
      {states?.map(({ state, title, kind, count }) => (
        <li key={state}>
          <Link to="/elv/vehicle-cases" search={{ state: [state] }} className={styles.stateLine}>
            <StateTag tone={stateTone({ state, stateKind: kind, round: 1 })} title={title} />
            <span className={styles.stateCount}>{formatNumber(count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  </section>
);
