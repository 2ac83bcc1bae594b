import DownOutlined from '@ant-design/icons/DownOutlined';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Input, Popover, Select } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useId, useState } from 'react';
import { formatMoment } from '#web-kit/format.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { type EntryFilter, kindTitles, outcomeTitles } from '../model/audit-views.ts';
import styles from './audit-log.module.css';
import { choicesQuery } from './audit-log-api.ts';
import { instantOf, isFiltered, type LogSearch } from './log-search.ts';

type Change = (next: Partial<EntryFilter>) => void;

const optionsOf = <T extends string>(titles: Readonly<Record<T, string>>) =>
  // The keys of a record typed by T are T.
  (Object.keys(titles) as T[]).map((value) => ({ value, label: titles[value] }));

/** A field whose words are asked for when they are whole: on Enter and on leaving. */
const Term = ({
  label,
  value,
  width,
  onChange,
  placeholder,
}: {
  label: string;
  value: string | undefined;
  width: number | string;
  onChange: (value: string | undefined) => void;
  placeholder?: string;
}) => {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const commit = (typed: string): void => {
    const wanted = typed.trim() === '' ? undefined : typed.trim();
    if (wanted !== value) onChange(wanted);
  };
  return (
    <Input
      style={{ width }}
      aria-label={label}
      placeholder={placeholder ?? label}
      allowClear
      maxLength={80}
      value={text}
      onChange={({ target, type }) => {
        setText(target.value);
        if (type === 'click') commit(target.value);
      }}
      onPressEnter={() => commit(text)}
      onBlur={() => commit(text)}
    />
  );
};

const shown = (instant: string | undefined) => (instant ? dayjs(formatMoment(instant)) : null);

const Span = ({ search, onChange }: { search: LogSearch; onChange: Change }) => (
  <DatePicker.RangePicker
    style={{ width: 316 }}
    aria-label="时间范围"
    showTime={{ format: 'HH:mm' }}
    format="YYYY-MM-DD HH:mm"
    allowEmpty={[true, true]}
    placeholder={['起始时间', '截止时间']}
    value={[shown(search.from), shown(search.until)]}
    onChange={(_, [from, until]) =>
      onChange({ from: from ? instantOf(from) : undefined, until: until ? instantOf(until) : undefined })
    }
  />
);

const more = [
  { name: 'organisation', label: '单位', placeholder: '名称或统一社会信用代码' },
  { name: 'object', label: '对象标识', placeholder: '案卷、人员等的标识' },
  { name: 'ip', label: '来源地址', placeholder: '如 10.0.0.1' },
  { name: 'trace', label: '请求编号', placeholder: '完整的请求编号' },
] as const;

const MoreFilters = ({ search, onChange }: { search: LogSearch; onChange: Change }) => {
  const id = useId();
  const used = more.filter(({ name }) => search[name] !== undefined).length;
  const content = (
    <div className={styles.more}>
      {more.map(({ name, label, placeholder }) => (
        <div key={name}>
          <span id={`${id}-${name}`} className={styles.moreLabel}>
            {label}
          </span>
          <Term
            label={label}
            placeholder={placeholder}
            width="100%"
            value={search[name]}
            onChange={(value) => onChange({ [name]: value })}
          />
        </div>
      ))}
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomLeft" content={content}>
      <Button icon={<DownOutlined aria-hidden />} iconPlacement="end">
        更多{used > 0 ? ` ${used}` : ''}
      </Button>
    </Popover>
  );
};

const none: EntryFilter = {
  from: undefined,
  until: undefined,
  kind: undefined,
  action: undefined,
  actor: undefined,
  organisation: undefined,
  object: undefined,
  outcome: undefined,
  ip: undefined,
  trace: undefined,
};

/** One line of filters, the rarer ones behind 更多; every change goes into the address. */
export const LogFilters = ({ search, onChange }: { search: LogSearch; onChange: Change }) => {
  const { data: choices } = useQuery(choicesQuery);
  return (
    <div className={styles.filters}>
      <Span search={search} onChange={onChange} />
      <Select
        style={{ width: 96 }}
        aria-label="类别"
        popupRender={namedMenu('类别')}
        placeholder="类别"
        allowClear
        value={search.kind ?? null}
        options={optionsOf(kindTitles)}
        onChange={(kind: EntryFilter['kind'] | null) => onChange({ kind: kind ?? undefined })}
      />
      <Select
        style={{ width: 200 }}
        aria-label="动作"
        popupRender={namedMenu('动作')}
        placeholder="动作"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={320}
        value={search.action ?? null}
        options={(choices?.actions ?? []).map(({ id, title }) => ({ value: id, label: title, title: id }))}
        onChange={(action: string | null | undefined) => onChange({ action: action ?? undefined })}
      />
      <Select
        style={{ width: 96 }}
        aria-label="结果"
        popupRender={namedMenu('结果')}
        placeholder="结果"
        allowClear
        value={search.outcome ?? null}
        options={optionsOf(outcomeTitles)}
        onChange={(outcome: EntryFilter['outcome'] | null) => onChange({ outcome: outcome ?? undefined })}
      />
      <Term
        label="人员"
        placeholder="姓名或用户名"
        width={148}
        value={search.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <MoreFilters search={search} onChange={onChange} />
      {isFiltered(search) && (
        <Button type="link" onClick={() => onChange(none)}>
          清除筛选
        </Button>
      )}
    </div>
  );
};
