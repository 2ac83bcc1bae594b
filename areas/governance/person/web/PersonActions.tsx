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
type Asked = Extract<PersonVerb, 'disable' | 'enable' | 'unlock' | 'resetPassword' | 'resetFactor' | 'endSessions'>;

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
  resetFactor: {
    title: '解除第二重验证',
    consequence: '解除后本人在各处的登录立即退出，下次登录重新启用动态验证码；手机或 UKey 遗失时用',
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

/** What is asked where another person must agree: the reason, which that person reads. */
const applied: Readonly<Partial<Record<Asked, Question>>> = {
  resetPassword: {
    title: '重置密码',
    consequence: '提交后等安全管理员批准，批准后生效：您得到新密码的前半段，批准人得到后半段，分别交付本人',
    ask: 'reason',
    tone: 'primary',
    templates: ['本人忘记密码，已当面核对身份', '疑似密码泄露'],
  },
  resetFactor: {
    title: '解除第二重验证',
    consequence: '提交后等安全管理员批准，批准后生效：本人在各处的登录立即退出，下次登录重新启用',
    ask: 'reason',
    tone: 'primary',
    templates: ['手机遗失，已当面核对身份', '更换手机，已当面核对身份'],
  },
};

const questionFor = (verb: Asked, person: PersonView): Question =>
  (person.takesTwo ? applied[verb] : undefined) ?? questions[verb];

/** What an administrator is handed of a new password. */
interface Handed {
  readonly password: string;
  readonly half: boolean;
}

const perform = async (verb: Asked, personId: string, reason: string): Promise<Handed | null> => {
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
    case 'resetPassword': {
      const { initialPassword: password, half } = await personApi.resetPassword({ personId, reason });
      return { password, half };
    }
    case 'resetFactor':
      await personApi.resetFactor({ personId, reason });
      return null;
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
  done: (handed: Handed | null) => void;
  close: () => void;
}) => {
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: () => perform(verb, person.id, reason),
    onSuccess: (handed) => {
      // What is handed out is shown at once; it cannot be fetched again.
      done(handed);
      void client.invalidateQueries({ queryKey: peopleKey });
    },
  });
  return (
    <ReasonDialog
      question={questionFor(verb, person)}
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
  'resetFactor',
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
  const [handed, setHanded] = useState<Handed | null>(null);
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
      {person.waiting.map((slot) => (
        <p key={slot} className={styles.actNote}>
          {slot === 'password' ? '新密码' : '解除第二重验证'}已申请，待安全管理员批准
        </p>
      ))}
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
            setHanded(fresh);
            const waits = person.takesTwo && applied[asked] !== undefined;
            done(waits ? `已提交“${titleOf(asked)}”，待安全管理员批准` : `已办“${titleOf(asked)}”`);
          }}
          close={close}
        />
      )}
      {handed !== null && (
        <PasswordShown
          title={handed.half ? `${person.name}的新密码，待批准` : `${person.name}的新初始密码`}
          userName={person.userName}
          {...handed}
          close={() => {
            setHanded(null);
            void client.invalidateQueries(personQuery(person.id));
          }}
        />
      )}
    </section>
  );
};
