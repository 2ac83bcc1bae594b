import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import type { ProgressFigures } from '../model/progress.contract.ts';
import { type DaySpan, usualSpans } from '../model/progress-period.ts';
import styles from './progress.module.css';
import type { ProgressSearch } from './progress-search.ts';

type Change = (next: ProgressSearch) => void;

const Choice = ({
  label,
  chosen,
  options,
  width,
  onChoose,
}: {
  label: string;
  chosen: string | undefined;
  options: readonly { readonly id: string; readonly title: string }[];
  width: number;
  onChoose: (id: string | undefined) => void;
}) => {
  // Whoever sees one only has nothing to choose.
  if (options.length < 2 && chosen === undefined) return null;
  return (
    <Select
      style={{ width }}
      aria-label={label}
      popupRender={namedMenu(label)}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={chosen ?? null}
      options={options.filter(({ id }) => id !== '').map(({ id, title }) => ({ value: id, label: title }))}
      onChange={(value: string | null | undefined) => onChoose(value ?? undefined)}
    />
  );
};

/** The one line of filters; all of them stand in the address. */
export const ProgressFilters = ({
  search,
  span,
  figures,
  onChange,
}: {
  search: ProgressSearch;
  span: DaySpan;
  figures: ProgressFigures | undefined;
  onChange: Change;
}) => {
  const today = shanghaiDay(new Date());
  return (
    <div className={styles.filters}>
      <fieldset className={styles.spans} aria-label="统计期间">
        {usualSpans(today).map(({ title, from, to }) => (
          <button
            key={title}
            type="button"
            className={styles.span}
            aria-pressed={span.from === from && span.to === to}
            onClick={() => onChange({ from, to })}
          >
            {title}
          </button>
        ))}
      </fieldset>
      <DatePicker.RangePicker
        style={{ width: 250 }}
        aria-label="起止日期"
        allowClear={false}
        maxDate={dayjs(today)}
        value={[dayjs(span.from), dayjs(span.to)]}
        onChange={(_, [from, to]) => {
          if (from && to) onChange({ from, to });
        }}
      />
      <Choice
        label="区"
        width={130}
        chosen={search.district}
        options={figures?.districts ?? []}
        onChoose={(district) => onChange({ district })}
      />
      <Choice
        label="回收企业"
        width={240}
        chosen={search.enterprise}
        options={figures?.enterprises ?? []}
        onChoose={(enterprise) => onChange({ enterprise })}
      />
      {(search.district || search.enterprise) && (
        <Button type="link" onClick={() => onChange({ district: undefined, enterprise: undefined })}>
          清除筛选
        </Button>
      )}
    </div>
  );
};
