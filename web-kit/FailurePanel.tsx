import { Button } from 'antd';
import { failureOf, traceOf } from './api.ts';
import styles from './page.module.css';

/** A refusal or a fault where content should stand: what happened, what to do, a way to try again, the number for support. */
export const FailurePanel = ({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) => {
  const failure = failureOf(error);
  const trace = traceOf(failure);
  return (
    <div role="alert" className={styles.failure}>
      <p className={styles.failureText}>{failure.message}</p>
      {failure.problems.length > 0 && (
        <ul className={styles.problems}>
          {failure.problems.map((problem) => (
            <li key={`${problem.path} ${problem.message}`}>{problem.message}</li>
          ))}
        </ul>
      )}
      {retry && (
        <Button size="small" onClick={retry}>
          重新加载
        </Button>
      )}
      {trace && <p className={styles.trace}>问题编号 {trace}</p>}
    </div>
  );
};
