import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { SchemaForm } from '#web-kit/SchemaForm.tsx';
import { useRecordForm } from '#web-kit/use-record-form.ts';
import { personFields } from '../model/person.fields.ts';
import type { PersonChoices } from '../model/person.view.ts';
import { newUserName } from '../model/user-name.ts';
import { PasswordShown } from './PasswordShown.tsx';
import styles from './person.module.css';
import { choicesQuery, peopleKey, personApi } from './person-api.ts';
import { platformTitle } from './person-words.ts';

const platformValue = '';

const OrganisationField = ({
  choices,
  value,
  fault,
  onChange,
}: {
  choices: PersonChoices;
  value: string | null;
  fault: string | undefined;
  onChange: (value: string | null) => void;
}) => {
  const field = useId();
  const [only] = choices.organisations;
  if (!choices.platform && choices.organisations.length === 1 && only) {
    return (
      <div className={styles.field}>
        <span className={styles.label}>单位</span>
        <span className={styles.fixed}>{only.name}</span>
        <span className={styles.note} />
      </div>
    );
  }
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={field}>
        单位
      </label>
      <Select
        id={field}
        aria-describedby={`${field}-note`}
        popupRender={namedMenu('单位')}
        showSearch={{ optionFilterProp: 'label' }}
        status={fault ? 'error' : ''}
        value={value ?? platformValue}
        options={[
          ...(choices.platform ? [{ value: platformValue, label: `${platformTitle}（政府部门人员）` }] : []),
          ...choices.organisations.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(next: string) => onChange(next === platformValue ? null : next)}
      />
      <span id={`${field}-note`} className={fault ? styles.fault : styles.note}>
        {fault ?? '开户后不能变更；人员换单位时请停用原账号，在新单位另开'}
      </span>
    </div>
  );
};

const UserNameField = ({
  ending,
  value,
  fault,
  onChange,
  onLeave,
}: {
  ending: string | null;
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
  onLeave: () => void;
}) => {
  const field = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={field}>
        用户名
      </label>
      <Input
        id={field}
        aria-describedby={`${field}-note`}
        aria-invalid={fault !== undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        status={fault ? 'error' : ''}
        {...(ending === null ? {} : { suffix: ending })}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
      <span id={`${field}-note`} className={fault ? styles.fault : styles.note}>
        {fault ??
          (ending === null ? '小写字母、数字，3 至 20 位，以字母开头' : `登录时输入完整的用户名，包括 ${ending}`)}
      </span>
    </div>
  );
};

const useNewPerson = (choices: PersonChoices) => {
  const [only] = choices.organisations;
  const [organisationId, setOrganisation] = useState(choices.platform ? null : (only?.id ?? null));
  const [userName, setUserName] = useState('');
  const [looked, setLooked] = useState(false);
  const [told, setTold] = useState<Readonly<Record<string, string>>>({});
  const fields = useRecordForm('person', personFields, {});
  const ending = choices.organisations.find(({ id }) => id === organisationId)?.ending ?? null;
  const named = newUserName(userName, ending, choices.ownNames);
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () => personApi.create({ userName, organisationId, values: { ...fields.values } }),
    onError: (error) => {
      const { problems } = failureOf(error);
      fields.refuse(problems);
      setTold(Object.fromEntries(problems.map(({ path, message }) => [path, message])));
    },
    // Not waited for: the password is shown as soon as it is there, and cannot be fetched again.
    onSuccess: () => void client.invalidateQueries({ queryKey: peopleKey }),
  });
  return {
    fields,
    organisation: {
      value: organisationId,
      fault: told.organisationId,
      onChange: (next: string | null) => {
        setTold({});
        setOrganisation(next);
      },
    },
    naming: {
      ending: choices.ownNames ? ending : null,
      value: userName,
      fault: told.userName ?? (looked && !named.ok ? named.message : undefined),
      onChange: (next: string) => {
        setTold({});
        setUserName(next);
      },
      onLeave: () => setLooked(userName !== ''),
    },
    create,
    submit: () => {
      setLooked(true);
      if (fields.check() && named.ok) create.mutate();
    },
  };
};

const Form = ({ choices }: { choices: PersonChoices }) => {
  const { fields, organisation, naming, create, submit } = useNewPerson(choices);
  const navigate = useNavigate();
  const failure = create.error ? failureOf(create.error) : null;
  const done = create.data;
  return (
    <form
      className={styles.sheet}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {failure && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failure.message} />
        </div>
      )}
      <div className={styles.two}>
        <OrganisationField choices={choices} {...organisation} />
        <UserNameField {...naming} />
      </div>
      <SchemaForm fields={personFields} form={fields.form} />
      <div className={styles.formEnd}>
        <span className={styles.note}>
          初始密码由系统生成，保存后显示一次；首次登录必须修改。平台人员的须经安全管理员批准
        </span>
        <Button onClick={() => void navigate({ to: '/governance/people' })}>取消</Button>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          新增用户
        </Button>
      </div>
      {done && (
        <PasswordShown
          title={done.half ? `已为${done.person.name}开户，密码待批准` : `已为${done.person.name}开通账号`}
          userName={done.person.userName}
          password={done.initialPassword}
          half={done.half}
          close={() => void navigate({ to: '/governance/people/$personId', params: { personId: done.person.id } })}
        />
      )}
    </form>
  );
};

/** Entering one person. Source: tender R42. */
export const NewPerson = () => {
  const { data, error, refetch } = useQuery(choicesQuery);
  return (
    <div className={styles.page}>
      <PageHeader title="新增用户" />
      {error ? <FailurePanel error={error} retry={() => void refetch()} /> : data && <Form choices={data} />}
    </div>
  );
};
