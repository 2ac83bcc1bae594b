import SearchOutlined from '@ant-design/icons/SearchOutlined';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import { formatNumber } from '#web-kit/format.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import styles from './registry.module.css';
import { isFiltered, type RegistrySearch } from './registry-search.ts';
import { type RegistryWeb, summaryQuery } from './registry-web.ts';

/** Changes part of the list's state in the address. */
export type Change = (next: Partial<RegistrySearch>) => void;

/** How long after the last key the list is asked again, in ms: long enough not to ask for each letter. */
const typingPause = 300;

const placeholder = '单位名称、信用代码、证书编号，或完整的联系电话';

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
    <div className={styles.filters}>
      <TextFilter q={search.q} onChange={onChange} />
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
