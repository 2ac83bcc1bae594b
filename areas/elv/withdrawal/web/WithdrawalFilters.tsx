import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { isFiltered } from '#web-kit/list-search.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { TextFilter } from '#web-kit/TextFilter.tsx';
import { withdrawalKinds } from '../model/withdrawal.fields.ts';
import { withdrawalSummaryQuery } from './withdrawal-api.ts';
import { type WithdrawalSearch, withdrawalSearch } from './withdrawal-search.ts';

/** Changes part of the list's state in the address. */
export type Change = (next: Partial<WithdrawalSearch>) => void;

const searched = '号牌、车辆识别代号、案卷编号、申请编号';

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
    <div className={list.filters}>
      <TextFilter q={search.q} what={searched} onChange={onChange} />
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
