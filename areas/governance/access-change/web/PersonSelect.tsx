import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { peopleQuery } from './access-api.ts';

/** Chooses a person by the beginning of a name or user name. */
export const PersonSelect = ({
  value,
  onChange,
  label,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  label: string;
}) => {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery(peopleQuery({ q }));
  return (
    <Select
      aria-label={label}
      showSearch
      filterOption={false}
      allowClear
      placeholder="输入姓名或用户名开头几个字"
      style={{ width: '100%' }}
      value={value}
      loading={isFetching}
      notFoundContent={isFetching ? '正在查找' : '没有以此开头的姓名或用户名'}
      popupRender={namedMenu(label)}
      onSearch={setTyped}
      onChange={(id: string | undefined) => onChange(id)}
      options={(data ?? []).map((person) => ({
        value: person.id,
        label: `${person.name}（${person.userName}）${person.organisationName ? ` ${person.organisationName}` : ''}`,
      }))}
    />
  );
};
