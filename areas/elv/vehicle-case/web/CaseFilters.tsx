import DownOutlined from '@ant-design/icons/DownOutlined';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Popover, Radio, Select, Tag } from 'antd';
import { districtName } from '#practices/place/model/shanghai-districts.ts';
import { formatNumber } from '#web-kit/format.ts';
import list from '#web-kit/list-page.module.css';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { TextFilter } from '#web-kit/TextFilter.tsx';
import { holdTitles, markTitles } from '../model/mark-titles.ts';
import { type HoldCode, holdCode } from '../model/vehicle-case.views.ts';
import { caseSummaryQuery, enterprisesQuery } from './case-api.ts';
import styles from './case-list.module.css';
import type { CaseListSearch } from './case-list-search.ts';

type Change = (next: Partial<CaseListSearch>) => void;

const orders = [
  { value: '-stateSince', label: '最近变动在前' },
  { value: 'stateSince', label: '停留最久在前' },
  { value: 'deadlineAt', label: '期限最近在前' },
  { value: '-openedAt', label: '最近受理在前' },
  { value: 'openedAt', label: '最早受理在前' },
] as const;

const holds = holdCode.options.map((value) => ({ value, label: `只看${holdTitles[value]}的` }));

const MoreFilters = ({ search, onChange }: { search: CaseListSearch; onChange: Change }) => {
  const content = (
    <div className={styles.more}>
      <Checkbox
        checked={search.mine ?? false}
        onChange={({ target }) => onChange({ mine: target.checked || undefined })}
      >
        只看等我处理的
      </Checkbox>
      <h3 className={styles.moreTitle}>暂停办理</h3>
      <Radio.Group
        vertical
        aria-label="暂停办理"
        options={[{ value: '', label: '不限' }, ...holds]}
        value={search.held ?? ''}
        onChange={({ target }) => onChange({ held: holds.find(({ value }) => value === target.value)?.value })}
      />
      <h3 className={styles.moreTitle}>排列顺序</h3>
      <Radio.Group
        vertical
        aria-label="排列顺序"
        options={[...orders]}
        value={search.sort ?? '-stateSince'}
        onChange={({ target }) => onChange({ sort: orders.find(({ value }) => value === target.value)?.value })}
      />
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomLeft" content={content}>
      <Button icon={<DownOutlined aria-hidden />} iconPlacement="end">
        更多
      </Button>
    </Popover>
  );
};

const EnterpriseFilter = ({ chosen, onChange }: { chosen: string | undefined; onChange: Change }) => {
  const { data = [] } = useQuery(enterprisesQuery);
  // Whoever sees one enterprise only has nothing to choose.
  if (data.length < 2) return null;
  return (
    <Select
      style={{ width: 190 }}
      aria-label="回收企业"
      popupRender={namedMenu('回收企业')}
      placeholder="回收企业"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={chosen ?? null}
      options={data.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value: string | null | undefined) => onChange({ enterpriseId: value ?? undefined })}
    />
  );
};

/** A district is chosen on the page of progress; here it is seen, and taken away. */
const DistrictTag = ({ code, onChange }: { code: string; onChange: Change }) => (
  <Tag closable={{ 'aria-label': `不限${districtName(code)}` }} onClose={() => onChange({ districtCode: undefined })}>
    {districtName(code)}
  </Tag>
);

/** Chosen behind 更多 or on the work page; seen here, and taken away. */
const HeldTag = ({ held, onChange }: { held: HoldCode; onChange: Change }) => (
  <Tag closable={{ 'aria-label': `不限${holdTitles[held]}` }} onClose={() => onChange({ held: undefined })}>
    {holdTitles[held]}
  </Tag>
);

const cleared = {
  q: undefined,
  state: undefined,
  mark: undefined,
  enterpriseId: undefined,
  districtCode: undefined,
  held: undefined,
  overdue: undefined,
  mine: undefined,
} satisfies Partial<CaseListSearch>;

/** The one line of filters; every change goes into the address and back to the first page. */
export const CaseFilters = ({ search, onChange }: { search: CaseListSearch; onChange: Change }) => {
  const { data: summary } = useQuery(caseSummaryQuery);
  const states = (summary?.states ?? []).map(({ state, title, count }) => ({
    value: state,
    label: `${title} ${formatNumber(count)}`,
  }));
  const { q, state, mark, enterpriseId, districtCode, held, overdue, mine } = search;
  const filtered = [q, state, mark, enterpriseId, districtCode, held, overdue, mine].some(Boolean);
  return (
    <div className={list.filters}>
      <TextFilter q={search.q} what="号牌、车辆识别代号、案卷编号、所有人" width={330} onChange={onChange} />
      <Select
        style={{ width: 210 }}
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
        style={{ width: 160 }}
        mode="multiple"
        aria-label="标记"
        popupRender={namedMenu('标记')}
        placeholder="标记"
        allowClear
        maxTagCount="responsive"
        value={search.mark ?? []}
        options={Object.entries(markTitles).map(([value, label]) => ({
          value: value as keyof typeof markTitles,
          label,
        }))}
        optionFilterProp="label"
        onChange={(mark) => onChange({ mark: mark.length > 0 ? mark : undefined })}
      />
      <EnterpriseFilter chosen={search.enterpriseId} onChange={onChange} />
      {held && <HeldTag held={held} onChange={onChange} />}
      {districtCode && <DistrictTag code={districtCode} onChange={onChange} />}
      <Checkbox
        checked={search.overdue ?? false}
        onChange={({ target }) => onChange({ overdue: target.checked || undefined })}
      >
        只看超期
      </Checkbox>
      <MoreFilters search={search} onChange={onChange} />
      {filtered && (
        <Button type="link" onClick={() => onChange(cleared)}>
          清除筛选
        </Button>
      )}
    </div>
  );
};
