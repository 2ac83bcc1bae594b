import SearchOutlined from '@ant-design/icons/SearchOutlined';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { formatNumber } from '#web-kit/format.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { withdrawalKinds } from '../model/withdrawal.fields.ts';
import { withdrawalSummaryQuery } from './withdrawal-api.ts';
import styles from './withdrawal-list.module.css';
import { isFiltered, type WithdrawalSearch, withdrawalSearch } from './withdrawal-search.ts';

/** Changes part of the list's state in the address. */
export type Change = (next: Partial<WithdrawalSearch>) => void;

/** How long after the last key the list is asked again, in ms: long enough not to ask for each letter. */
const typingPause = 300;
const placeholder = '号牌、车辆识别代号、案卷编号、申请编号';

const TextFilter = ({ q, onChange }: { q: string | undefined; onChange: Change }) => {
  const [text, setText] = useState(q ?? '');
  useEffect(() => setText(q ?? ''), [q]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === (q ?? '') || wanted.length === 1) return;
    const timer = setTimeout(() => onChange({ q: wanted === '' ? undefined : wanted }), typingPause);
    return () => clearTimeout(timer);
  }, [text, q, onChange]);
  return (
    <Input
      style={{ flex: '1 1 260px', maxWidth: 380 }}
      aria-label={`按${placeholder}查找`}
      placeholder={placeholder}
      prefix={<SearchOutlined />}
      allowClear
      maxLength={60}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
};

const kinds = Object.entries(withdrawalKinds).map(([value, label]) => ({ value, label }));
const nothing: Partial<WithdrawalSearch> = {
  q: undefined,
  state: undefined,
  kind: undefined,
  overdue: undefined,
  mine: undefined,
};

/** The one line of filters; every change goes into the address and back to the first page. */
export const WithdrawalFilters = ({ search, onChange }: { search: WithdrawalSearch; onChange: Change }) => {
  const { data: summary } = useQuery(withdrawalSummaryQuery);
  const states = (summary?.states ?? []).map(({ state, title, count }) => ({
    value: state,
    label: `${title} ${formatNumber(count)}`,
  }));
  return (
    <div className={styles.filters}>
      <TextFilter q={search.q} onChange={onChange} />
      <Select
        style={{ width: 200 }}
        mode="multiple"
        aria-label="状态"
        popupRender={namedMenu('状态')}
        placeholder="状态"
        allowClear
        maxTagCount="responsive"
        // Until their titles are known the codes would show.
        value={summary ? (search.state ?? []) : []}
        options={states}
        optionFilterProp="label"
        onChange={(state) => onChange({ state: state.length > 0 ? state : undefined })}
      />
      <Select
        style={{ width: 140 }}
        aria-label="撤销事项"
        popupRender={namedMenu('撤销事项')}
        placeholder="撤销事项"
        allowClear
        value={search.kind ?? null}
        options={kinds}
        onChange={(kind: string | null | undefined) =>
          onChange({ kind: withdrawalSearch.shape.kind.parse(kind ?? undefined) })
        }
      />
      <Checkbox
        checked={search.overdue ?? false}
        onChange={({ target }) => onChange({ overdue: target.checked || undefined })}
      >
        只看超期
      </Checkbox>
      <Checkbox
        checked={search.mine ?? false}
        onChange={({ target }) => onChange({ mine: target.checked || undefined })}
      >
        只看等我处理的
      </Checkbox>
      {isFiltered(search) && (
        <Button type="link" onClick={() => onChange(nothing)}>
          清除筛选
        </Button>
      )}
    </div>
  );
};
