import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { isFiltered } from '#web-kit/list-search.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { TextFilter } from '#web-kit/TextFilter.tsx';
import type { RegistrySearch } from './registry-search.ts';
import { type RegistryWeb, summaryQuery } from './registry-web.ts';

/** Changes part of the list's state in the address. */
export type Change = (next: Partial<RegistrySearch>) => void;

const searched = '单位名称、信用代码、证书编号，或完整的联系电话';

const validities = [
  { value: 'lapsing', label: '即将到期' },
  { value: 'lapsed', label: '已过有效期' },
] as const;

const districts = Object.entries(shanghaiDistricts).map(([value, label]) => ({ value, label }));

const nothing: Partial<RegistrySearch> = {
  q: undefined,
  state: undefined,
  district: undefined,
  validity: undefined,
  inRegistry: undefined,
  overdue: undefined,
  mine: undefined,
};

/** The one line of filters; every change goes into the address and back to the first page. */
export const RegistryFilters = ({
  registry,
  search,
  onChange,
}: {
  registry: RegistryWeb;
  search: RegistrySearch;
  onChange: Change;
}) => {
  const { data: summary } = useQuery(summaryQuery(registry));
  const states = (summary?.states ?? []).map(({ state, title, count }) => ({
    value: state,
    label: `${title} ${formatNumber(count)}`,
  }));
  return (
    <div className={list.filters}>
      <TextFilter q={search.q} what={searched} onChange={onChange} />
      <Select
        style={{ width: 180 }}
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
        style={{ width: 120 }}
        aria-label="所在区"
        popupRender={namedMenu('所在区')}
        placeholder="所在区"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={search.district ?? null}
        options={districts}
        onChange={(value: string | null | undefined) => onChange({ district: value ?? undefined })}
      />
      <Select
        style={{ width: 130 }}
        aria-label="有效期"
        popupRender={namedMenu('有效期')}
        placeholder="有效期"
        allowClear
        value={search.validity ?? null}
        options={[...validities]}
        onChange={(value: 'lapsing' | 'lapsed' | null | undefined) => onChange({ validity: value ?? undefined })}
      />
      <Checkbox
        checked={search.inRegistry ?? false}
        onChange={({ target }) => onChange({ inRegistry: target.checked || undefined })}
      >
        {registry.flow.words.standing}
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
