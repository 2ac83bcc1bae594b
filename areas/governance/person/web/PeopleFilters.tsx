import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import list from '#web-kit/list-page.module.css';
import { isFiltered } from '#web-kit/list-search.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { TextFilter } from '#web-kit/TextFilter.tsx';
import { noOrganisation, personStatus } from '../model/person.view.ts';
import { personStatuses } from '../model/person-status.ts';
import type { PeopleSearch } from './people-search.ts';
import { choicesQuery } from './person-api.ts';
import { platformTitle } from './person-words.ts';

type Change = (next: Partial<PeopleSearch>) => void;

/** The one line of filters; every change goes into the address and back to the first page. */
export const PeopleFilters = ({ search, onChange }: { search: PeopleSearch; onChange: Change }) => {
  const { data: choices } = useQuery(choicesQuery);
  const organisations = [
    ...(choices?.platform ? [{ value: noOrganisation, label: platformTitle }] : []),
    ...(choices?.organisations ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div className={list.filters}>
      <TextFilter
        q={search.q}
        what="姓名、用户名、单位，或完整的手机、身份证号码"
        width={340}
        least={1}
        onChange={onChange}
      />
      <Select
        style={{ width: 120 }}
        aria-label="状态"
        popupRender={namedMenu('状态')}
        placeholder="状态"
        allowClear
        value={search.status ?? null}
        options={personStatus.options.map((value) => ({ value, label: personStatuses[value] }))}
        onChange={(value) => onChange({ status: value ?? undefined })}
      />
      {organisations.length > 1 && (
        <Select
          style={{ width: 260 }}
          aria-label="单位"
          popupRender={namedMenu('单位')}
          placeholder="单位"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          // Until their names are known the codes would show.
          value={choices ? (search.organisationId ?? null) : null}
          options={organisations}
          onChange={(value) => onChange({ organisationId: value ?? undefined })}
        />
      )}
      <Select
        style={{ width: 190 }}
        aria-label="角色"
        popupRender={namedMenu('角色')}
        placeholder="角色"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={choices ? (search.roleId ?? null) : null}
        options={(choices?.roles ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        onChange={(value) => onChange({ roleId: value ?? undefined })}
      />
      {isFiltered(search) && (
        <Button
          type="link"
          onClick={() => onChange({ q: undefined, status: undefined, organisationId: undefined, roleId: undefined })}
        >
          清除筛选
        </Button>
      )}
    </div>
  );
};
