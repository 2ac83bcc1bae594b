import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import list from '#web-kit/list-page.module.css';
import { isFiltered } from '#web-kit/list-search.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { TextFilter } from '#web-kit/TextFilter.tsx';
import { posts } from '../model/practitioner.fields.ts';
import { enterprisesQuery } from './practitioner-api.ts';
import { type PractitionerSearch, practitionerSearch } from './practitioner-search.ts';

/** Changes part of the list's state in the address. */
export type Change = (next: Partial<PractitionerSearch>) => void;

const choicesOf = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));

/** Filters of one value each, as the address names them. */
const choices = [
  ['post', '岗位', 170, posts],
  ['certificate', '证书到期', 150, { lapsing: '证书即将到期', lapsed: '证书已到期' }],
  ['conduct', '行为记录', 150, { good: '有良好行为', bad: '有不良行为', disputed: '异议待处理' }],
  ['standing', '在岗情况', 110, { working: '在岗', left: '已离岗' }],
] as const;

const nothing: Partial<PractitionerSearch> = {
  q: undefined,
  enterpriseId: undefined,
  post: undefined,
  certificate: undefined,
  conduct: undefined,
  standing: undefined,
};

/** The one line of filters; every change goes into the address and back to the first page. */
export const PractitionerFilters = ({ search, onChange }: { search: PractitionerSearch; onChange: Change }) => {
  const { data: enterprises } = useQuery(enterprisesQuery);
  return (
    <div className={list.filters}>
      <TextFilter q={search.q} what="完整的姓名或身份证号码" width={240} onChange={onChange} />
      {(enterprises?.length ?? 0) > 1 && (
        <Select
          style={{ width: 260 }}
          aria-label="企业"
          popupRender={namedMenu('企业')}
          placeholder="企业"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={search.enterpriseId ?? null}
          options={(enterprises ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => onChange({ enterpriseId: value ?? undefined })}
        />
      )}
      {choices.map(([name, title, width, titles]) => (
        <Select
          key={name}
          style={{ width }}
          aria-label={title}
          popupRender={namedMenu(title)}
          placeholder={title}
          allowClear
          value={search[name] ?? null}
          options={choicesOf(titles)}
          onChange={(value: string | null | undefined) =>
            onChange({ [name]: practitionerSearch.shape[name].parse(value ?? undefined) })
          }
        />
      ))}
      {isFiltered(search) && (
        <Button type="link" onClick={() => onChange(nothing)}>
          清除筛选
        </Button>
      )}
    </div>
  );
};
