import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import type { PersonVerb, PersonView } from '../model/person.view.ts';
import { HandOverDialog } from './HandOverDialog.tsx';
import { PasswordShown } from './PasswordShown.tsx';
import styles from './person.module.css';
import { peopleKey, personApi, personQuery } from './person-api.ts';
import { ValidityDialog } from './ValidityDialog.tsx';

/** What is asked before something is done with an account. */
type Asked = Extract<PersonVerb, 'disable' | 'enable' | 'unlock' | 'resetPassword' | 'endSessions'>;

interface Question {
  readonly title: string;
  readonly consequence: string;
  readonly ask: 'reason' | 'nothing';
  readonly tone: 'primary' | 'danger' | 'plain';
  readonly templates: readonly string[];
}

const questions: Readonly<Record<Asked, Question>> = {
  disable: {
    title: '停用账号',
    consequence: '停用后本人立即退出且不能登录；在办事项不会自动转走，请另行移交',
    ask: 'reason',
    tone: 'danger',
    templates: ['人员离岗', '人员调离本单位', '账号存在安全风险'],
  },
  enable: {
    title: '启用账号',
    consequence: '启用后本人可以用原密码登录',
    ask: 'reason',
    tone: 'primary',
    templates: ['人员返岗', '安全风险已排除'],
  },
  unlock: {
    title: '解除锁定',
    consequence: '解除后本人可以立即再次尝试登录',
    ask: 'nothing',
    tone: 'primary',
    templates: [],
  },
  resetPassword: {
    title: '重置密码',
    consequence: '重置后本人在各处的登录立即退出，须用新的初始密码登录并修改',
    ask: 'nothing',
    tone: 'danger',
    templates: [],
  },
  endSessions: {
    title: '退出全部登录',
    consequence: '本人在各处的登录立即退出，须重新登录',
    ask: 'nothing',
    tone: 'danger',
    templates: [],
  },
};

const perform = async (verb: Asked, personId: string, reason: string): Promise<string | null> => {
  switch (verb) {
    case 'disable':
      await personApi.disable({ personId, reason });
      return null;
    case 'enable':
      await personApi.enable({ personId, reason });
      return null;
    case 'unlock':
      await personApi.unlock({ personId });
      return null;
    case 'endSessions':
      await personApi.endSessions({ personId });
      return null;
    case 'resetPassword':
      return (await personApi.resetPassword({ personId })).initialPassword;
  }
};

const AskDialog = ({
  person,
  verb,
  done,
  close,
}: {
  person: PersonView;
  verb: Asked;
  done: (password: string | null) => void;
  close: () => void;
}) => {
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: () => perform(verb, person.id, reason),
    onSuccess: async (password) => {
      await client.invalidateQueries({ queryKey: peopleKey });
      done(password);
    },
  });
  return (
    <ReasonDialog
      question={questions[verb]}
      reason={reason}
      setReason={setReason}
      busy={act.isPending}
      failure={act.error ? failureOf(act.error) : null}
      notes={[]}
      confirm={() => act.mutate()}
      close={close}
    />
  );
};

const order: readonly (Asked | 'setValidity' | 'handOver')[] = [
  'unlock',
  'enable',
  'resetPassword',
  'endSessions',
  'setValidity',
  'handOver',
  'disable',
];

const titleOf = (verb: (typeof order)[number]): string =>
  verb === 'setValidity' ? '设置有效期' : verb === 'handOver' ? '移交工作' : questions[verb].title;

/** What can be done with an account now; each asks first and says what follows. */
export const PersonActions = ({ person }: { person: PersonView }) => {
  const [asked, setAsked] = useState<(typeof order)[number] | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const client = useQueryClient();
  const able = order.filter(
    (verb) => person.abilities.includes(verb) && (verb !== 'endSessions' || person.openSessions > 0),
  );
  const close = (): void => setAsked(null);
  const done = (words: string): void => {
    setSaid(words);
    close();
  };
  return (
    <section className={styles.sheet} aria-label="可以办理">
      <h2 className={styles.sheetTitle}>可以办理</h2>
      {said && (
        <div className={styles.refused} role="status">
          <Alert type="success" showIcon title={said} />
        </div>
      )}
      {able.length === 0 && <p className={styles.actNote}>您只能查看这个账号</p>}
      <div className={styles.acts}>
        {able.map((verb) => (
          <Button key={verb} block danger={verb === 'disable'} onClick={() => setAsked(verb)}>
            {titleOf(verb)}
          </Button>
        ))}
      </div>
      {asked === 'setValidity' && <ValidityDialog person={person} done={() => done('有效期已设置')} close={close} />}
      {asked === 'handOver' && <HandOverDialog person={person} done={done} close={close} />}
      {asked !== null && asked !== 'setValidity' && asked !== 'handOver' && (
        <AskDialog
          person={person}
          verb={asked}
          done={(fresh) => {
            setPassword(fresh);
            done(`已办“${titleOf(asked)}”`);
          }}
          close={close}
        />
      )}
      {password !== null && (
        <PasswordShown
          title={`${person.name}的新初始密码`}
          userName={person.userName}
          password={password}
          close={() => {
            setPassword(null);
            void client.invalidateQueries(personQuery(person.id));
          }}
        />
      )}
    </section>
  );
};
