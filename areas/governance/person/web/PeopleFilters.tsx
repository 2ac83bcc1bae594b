import SearchOutlined from '@ant-design/icons/SearchOutlined';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { noOrganisation, personStatus } from '../model/person.view.ts';
import { personStatuses } from '../model/person-status.ts';
import { isFiltered, type PeopleSearch } from './people-search.ts';
import styles from './person.module.css';
import { choicesQuery } from './person-api.ts';
import { platformTitle } from './person-words.ts';

type Change = (next: Partial<PeopleSearch>) => void;

/** How long after the last key the list is asked again, in ms: long enough not to ask for each letter. */
const typingPause = 300;

const TextFilter = ({ q, onChange }: { q: string | undefined; onChange: Change }) => {
  const [text, setText] = useState(q ?? '');
  useEffect(() => setText(q ?? ''), [q]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === (q ?? '')) return;
    const timer = setTimeout(() => onChange({ q: wanted === '' ? undefined : wanted }), typingPause);
    return () => clearTimeout(timer);
  }, [text, q, onChange]);
  return (
    <Input
      style={{ flex: '1 1 240px', maxWidth: 340 }}
      aria-label="按姓名、用户名、单位或完整的手机、身份证号码查找"
      placeholder="姓名、用户名、单位，或完整的手机、身份证号码"
      prefix={<SearchOutlined />}
      allowClear
      maxLength={60}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
};

/** The one line of filters; every change goes into the address and back to the first page. */
export const PeopleFilters = ({ search, onChange }: { search: PeopleSearch; onChange: Change }) => {
  const { data: choices } = useQuery(choicesQuery);
  const organisations = [
    ...(choices?.platform ? [{ value: noOrganisation, label: platformTitle }] : []),
    ...(choices?.organisations ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div className={styles.filters}>
      <TextFilter q={search.q} onChange={onChange} />
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
