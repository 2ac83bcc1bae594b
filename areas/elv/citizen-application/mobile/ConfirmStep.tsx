import { goTo } from '#web-kit/phone/phone-path.ts';
import styles from './citizen.module.css';
import { citizenPaths, stepOf, stepTitles } from './citizen-paths.ts';
import type { OpenApplication } from './use-application.ts';

/** What is still missing, each leading to its place; then what is agreed to. */
export const ConfirmStep = ({
  open,
  agreed,
  onAgree,
}: {
  readonly open: OpenApplication;
  readonly agreed: ReadonlySet<string>;
  readonly onAgree: (id: string, yes: boolean) => void;
}) => {
  const { view } = open;
  return (
    <>
      <dl className={styles.summary}>
        <div>
          <dt>车辆</dt>
          <dd>
            {view.plateNo ?? '未填号牌'} {view.brandModel ?? ''}
          </dd>
        </div>
        <div>
          <dt>申请人</dt>
          <dd>
            {view.person.name}（{view.as === 'agent' ? '代理人' : '车主本人'}）
          </dd>
        </div>
        <div>
          <dt>回收企业</dt>
          <dd>{view.enterprise?.name ?? '未选择'}</dd>
        </div>
      </dl>
      {view.missing.length > 0 && (
        <section className={styles.part} aria-label="还差的内容">
          <h2>还差 {view.missing.length} 项</h2>
          <ul className={styles.missing}>
            {view.missing.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <button type="button" onClick={() => goTo(citizenPaths.step(view.id, stepOf(path)))}>
                  {message}
                  <small>去“{stepTitles[stepOf(path)]}”</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.consents.map(({ id, title, text, agreedAt }) => (
        <section key={id} className={styles.part} aria-label={title}>
          <h2>{title}</h2>
          <p className={styles.second}>{text}</p>
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={agreed.has(id)}
              disabled={agreedAt !== null}
              onChange={(event) => onAgree(id, event.target.checked)}
            />
            {agreedAt === null ? `我已阅读并同意“${title}”` : `拍摄材料前已同意“${title}”`}
          </label>
        </section>
      ))}
    </>
  );
};
