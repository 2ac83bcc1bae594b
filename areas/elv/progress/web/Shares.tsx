import { formatDuration, formatNumber } from '#web-kit/format.ts';
import type { ProgressFigures, ShareView } from '../model/progress.contract.ts';
import { Bar } from './Bar.tsx';
import { CasesLink } from './CasesLink.tsx';
import styles from './progress.module.css';
import type { ProgressSearch } from './progress-search.ts';

const words = {
  district: { title: '按区', one: '区', note: '按新建受理时企业所在的区；点名称只看该区。' },
  enterprise: { title: '按企业', one: '回收企业', note: '点名称只看该企业。' },
} as const;

const ShareLine = ({
  share: { id, title, open, overdue, opened, closed, whole },
  of,
  most,
  search,
  states,
  onChoose,
}: {
  share: ShareView;
  of: keyof typeof words;
  most: number;
  search: ProgressSearch;
  states: readonly string[];
  onChoose: (id: string) => void;
}) => {
  const within = { ...search, [of]: id };
  return (
    <tr>
      <th scope="row">
        {id === '' || search[of] === id ? (
          title
        ) : (
          <button type="button" className={styles.choose} onClick={() => onChoose(id)}>
            {title}
          </button>
        )}
      </th>
      <td className={styles.number} data-label="在办">
        {open === 0 || id === '' ? (
          formatNumber(open)
        ) : (
          <CasesLink search={within} states={states} label={`${title}在办 ${open} 件，看案卷`}>
            {formatNumber(open)}
          </CasesLink>
        )}
      </td>
      <td className={styles.wide}>
        <Bar value={open} most={most} />
      </td>
      <td className={styles.number} data-label="超期">
        {overdue === 0 || id === '' ? (
          formatNumber(overdue)
        ) : (
          <CasesLink search={within} states={states} overdue label={`${title}超期 ${overdue} 件，看案卷`}>
            <span className={styles.overdue}>{formatNumber(overdue)}</span>
          </CasesLink>
        )}
      </td>
      <td className={styles.number} data-label="新受理">
        {formatNumber(opened)}
      </td>
      <td className={styles.number} data-label="办结">
        {formatNumber(closed)}
      </td>
      <td
        className={styles.number}
        data-label="全程中位"
        title={whole.ninth === null ? undefined : `九成在 ${formatDuration(whole.ninth)}以内`}
      >
        {formatDuration(whole.median)}
      </td>
    </tr>
  );
};

/** How cases are spread over districts or enterprises; a name narrows the page to it, a number opens its cases. */
export const Shares = ({
  of,
  figures,
  search,
  onChoose,
}: {
  of: keyof typeof words;
  figures: ProgressFigures;
  search: ProgressSearch;
  onChoose: (id: string) => void;
}) => {
  const shares = of === 'district' ? figures.districts : figures.enterprises;
  // A single one says nothing that does not stand above already.
  if (shares.length < 2 && search[of] === undefined) return null;
  const { title, one, note } = words[of];
  const states = figures.queues.map(({ state }) => state);
  const most = Math.max(...shares.map(({ open }) => open));
  return (
    <section className={styles.panel} aria-labelledby={`shares-${of}`}>
      <h2 id={`shares-${of}`} className={styles.heading}>
        {title}
      </h2>
      <p className={styles.explained}>{note}在办、超期是现在的，其余是期间内的。</p>
      <table className={styles.table} data-shares={of}>
        <thead>
          <tr>
            <th scope="col">{one}</th>
            <th scope="col" className={styles.number}>
              在办
            </th>
            <th scope="col" className={styles.wide}>
              <span className={styles.heard}>比较</span>
            </th>
            <th scope="col" className={styles.number}>
              超期
            </th>
            <th scope="col" className={styles.number}>
              新受理
            </th>
            <th scope="col" className={styles.number}>
              办结
            </th>
            <th scope="col" className={styles.number}>
              全程中位
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => (
            <ShareLine
              key={share.id}
              share={share}
              of={of}
              most={most}
              search={search}
              states={states}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
};
