import type { OutputOf } from '#kernel/contract/operation.ts';
import type { accountContract } from '../model/account.contract.ts';
import type { Credentials } from './SignInForm.tsx';
import styles from './sign-in.module.css';

/** An account to try the demonstration with. */
type DemoAccount = OutputOf<typeof accountContract.demoAccounts>[number];

/** The demonstration's accounts; choosing one fills the form. */
export const DemoAccounts = ({
  accounts,
  chosen,
  onChoose,
}: {
  accounts: readonly DemoAccount[];
  chosen: string;
  onChoose: (credentials: Credentials) => void;
}) => (
  <section className={styles.demo} aria-label="演示账号">
    <h2 className={styles.demoTitle}>演示账号</h2>
    <p className={styles.demoNote}>演示环境，数据均为虚构。点选一个账号填入，再点登录；管理员还须输入验证码。</p>
    <ul className={styles.accounts}>
      {accounts.map(({ userName, password, name, role, organisationName, code, codeUntil }) => (
        <li key={userName}>
          <button
            type="button"
            className={styles.account}
            aria-pressed={userName === chosen}
            onClick={() => onChoose({ userName, password })}
          >
            <span className={styles.role}>{role}</span>
            <span className={styles.person}>
              {name}
              {organisationName && <span className={styles.organisation}> · {organisationName}</span>}
            </span>
            <span className={styles.key}>
              {userName} / {password}
              {codeUntil !== null && ` / ${code ?? '稍候'}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  </section>
);
