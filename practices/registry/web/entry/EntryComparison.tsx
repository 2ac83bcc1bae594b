import { DiffText } from '#web-kit/DiffText.tsx';
import { jumpTo } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { needsLook } from '../../model/entry-comparison.ts';
import type { ComparisonLineView } from '../../model/registry.views.ts';
import styles from './entry-comparison.module.css';
import { useOpenEntry } from './entry-context.tsx';

const verdictWords: Readonly<Record<ComparisonLineView['verdict'], string | null>> = {
  different: '与法人库不一致',
  'missing-outside': '法人库无此项',
  'missing-entered': '未填写',
  equal: null,
  'not-compared': null,
};

const Side = ({
  title,
  text,
  marks,
}: {
  title: string;
  text: string | null;
  marks: ComparisonLineView['filedMarks'];
}) => (
  <div>
    <dt>{title}</dt>
    <dd>
      {text === null || text === '' ? (
        <span className={matter.quiet}>无</span>
      ) : (
        <DiffText text={text} ranges={marks} />
      )}
    </dd>
  </div>
);

const Line = ({ line, stood, compared }: { line: ComparisonLineView; stood: string | null; compared: boolean }) => {
  const word = verdictWords[line.verdict];
  const about = line.path.startsWith('organisation.');
  return (
    <li className={styles.line}>
      <div className={styles.lineName}>
        {about ? (
          <strong>{line.title}</strong>
        ) : (
          <button type="button" className={matter.jump} onClick={() => jumpTo(line.path)}>
            {line.title}
          </button>
        )}
        {line.changed && <span className={styles.changed}>变更</span>}
        {word && <span className={styles.differs}>{word}</span>}
      </div>
      <dl className={styles.sides}>
        {stood && <Side title={stood} text={line.standing} marks={line.standingMarks} />}
        <Side title={about ? '单位登记' : '本次申报'} text={line.filed} marks={line.filedMarks} />
        {compared && line.verdict !== 'not-compared' && (
          <Side title="法人库" text={line.register} marks={line.registerMarks} />
        )}
      </dl>
      {about && line.verdict !== 'equal' && (
        <p className={matter.small}>单位名称和代码以“统一管理 · 单位”为准，需要更正的请联系系统管理员。</p>
      )}
    </li>
  );
};

const titleOf = (looked: number, stands: boolean, compared: boolean): string => {
  if (looked > 0) return `比对：${looked} 项需要核对`;
  if (compared) return stands ? '没有变更，与法人库一致' : '与法人库一致';
  return stands ? '没有变更' : '尚未与法人库比对';
};

/** The reviewer's work: what changed or differs from the company register stands open side by side, the rest folds away. */
export const EntryComparison = () => {
  const { registry, view } = useOpenEntry();
  const open = view.comparison.filter(needsLook);
  const rest = view.comparison.filter((line) => !needsLook(line));
  const stands = view.standing !== null;
  const compared =
    view.register.status === 'answered' && view.comparison.some(({ verdict }) => verdict !== 'not-compared');
  const fresh = view.files.filter((file) => file.fresh);
  return (
    <section className={matter.section} aria-labelledby="title-comparison">
      <div className={matter.sectionHead}>
        <h2 id="title-comparison">{titleOf(open.length + fresh.length, stands, compared)}</h2>
      </div>
      <ul>
        {open.map((line) => (
          <Line key={line.path} line={line} stood={stands ? registry.flow.words.stood : null} compared={compared} />
        ))}
        {fresh.length > 0 && (
          <li className={styles.line}>
            <div className={styles.lineName}>
              <strong>附件</strong>
              <span className={styles.changed}>变更</span>
            </div>
            <p>新上传：{[...new Set(fresh.map(({ title }) => title))].join('、')}</p>
          </li>
        )}
      </ul>
      <details className={styles.rest}>
        <summary>其余 {rest.length} 项</summary>
        <dl>
          {rest.map(({ path, title, filed }) => (
            <div key={path}>
              <dt>{title}</dt>
              <dd>{filed === '' ? '—' : filed}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
};
