import { BoxZoom } from '#web-kit/BoxZoom.tsx';
import { DiffText } from '#web-kit/DiffText.tsx';
import { sameReading } from '#web-kit/field-text.ts';
import { formatMoment } from '#web-kit/format.ts';
import type { ComparisonRow } from '../../model/vehicle-case.views.ts';
import { useOpenCase } from './case-context.tsx';
import styles from './comparison.module.css';
import { readingOf, sortedRows } from './judged.ts';

const verdicts = {
  different: { word: '不一致', look: 'different' },
  'missing-outside': { word: '公安无此项', look: 'lacking' },
  'missing-entered': { word: '未录入', look: 'different' },
  equal: { word: '一致', look: 'same' },
} as const;

const zoomFrame = { width: 300, height: 64 };

const ReadText = ({ row }: { row: ComparisonRow }) => {
  if (row.read === null) return <span className={styles.none}>未识别</span>;
  const fits = sameReading(row.read, row.entered);
  return (
    <span className={fits ? undefined : styles.readDiffers} title={fits ? undefined : '与录入不同'}>
      {row.read}
    </span>
  );
};

const Difference = ({ row }: { row: ComparisonRow }) => {
  const { view, looking, photos } = useOpenCase();
  const reading = readingOf(view, row);
  const { word, look } = verdicts[row.verdict];
  return (
    <li className={styles.row}>
      <div className={styles.name}>
        <strong>{row.title}</strong>
        <span className={styles[look]}>{word}</span>
      </div>
      <dl className={styles.sides}>
        <div>
          <dt>录入</dt>
          <dd>
            {row.entered === '' ? (
              <span className={styles.none}>未填写</span>
            ) : (
              <DiffText text={row.entered} ranges={row.enteredMarks} />
            )}
          </dd>
        </div>
        <div>
          <dt>证件识别</dt>
          <dd>
            <ReadText row={row} />
          </dd>
        </div>
        <div>
          <dt>公安</dt>
          <dd>
            {row.police === null ? (
              <span className={styles.none}>无</span>
            ) : (
              <DiffText text={row.police} ranges={row.policeMarks} />
            )}
          </dd>
        </div>
      </dl>
      {reading && (
        <button
          type="button"
          className={styles.source}
          onClick={() => looking.show(reading.photoId, reading.box)}
          title="在左侧照片上查看"
        >
          <BoxZoom
            address={photos.address(reading.photoId)}
            title={`照片上的${row.title}`}
            box={reading.box}
            frame={zoomFrame}
          />
        </button>
      )}
    </li>
  );
};

const EqualRow = ({ row }: { row: ComparisonRow }) => {
  const { view, looking } = useOpenCase();
  const reading = readingOf(view, row);
  return (
    <tr>
      <th scope="row">
        {reading ? (
          <button type="button" className={styles.look} onClick={() => looking.show(reading.photoId, reading.box)}>
            {row.title}
          </button>
        ) : (
          row.title
        )}
      </th>
      <td>{row.entered}</td>
      <td>
        <ReadText row={row} />
      </td>
    </tr>
  );
};

/** The reviewer's work: what differs stands open side by side with its place on the photograph, what is equal folds away. */
export const Comparison = () => {
  const { view } = useOpenCase();
  if (!view.comparison) return null;
  const { open, equal } = sortedRows(view.comparison.rows);
  return (
    <section className={styles.comparison} aria-labelledby="title-comparison">
      <div className={styles.head}>
        <h2 id="title-comparison">
          {open.length === 0 ? '与公安登记全部一致' : `与公安登记比对：${open.length} 项需要核对`}
        </h2>
        <span className={styles.asOf}>公安数据 {formatMoment(view.comparison.asOf)}</span>
      </div>
      <ul>
        {open.map((row) => (
          <Difference key={`${row.section}.${row.field}`} row={row} />
        ))}
      </ul>
      {equal.length > 0 && (
        <details className={styles.equal}>
          <summary>一致 {equal.length} 项</summary>
          <table>
            <tbody>
              {equal.map((row) => (
                <EqualRow key={`${row.section}.${row.field}`} row={row} />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
};
