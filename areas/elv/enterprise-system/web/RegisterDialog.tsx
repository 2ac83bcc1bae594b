import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { Labelled, Refusal } from '#web-kit/Labelled.tsx';
import { newKey } from '#web-kit/new-key.ts';
import { challengeQuery, systemApi, systemPlace, systemsKey } from './system-api.ts';
import styles from './systems.module.css';

/** What is typed, each field as text. */
interface Typed {
  readonly name: string;
  readonly publicKey: string;
  readonly proof: string;
  readonly webhookUrl: string;
  readonly ranges: string;
  readonly validUntil: string;
}

const nothing: Typed = { name: '', publicKey: '', proof: '', webhookUrl: '', ranges: '', validUntil: '' };

const makeKey = `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out private.pem
openssl pkey -in private.pem -pubout -out public.pem`;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const linesOf = (text: string): string[] =>
  text
    .split(/[\s,，;；]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

const useRegister = (typed: Typed, challenge: string, close: () => void) => {
  const [key] = useState(newKey);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: () =>
      systemApi.register({
        key,
        name: typed.name,
        publicKey: typed.publicKey,
        challenge,
        proof: typed.proof,
        ranges: linesOf(typed.ranges),
        validUntil: orNull(typed.validUntil),
        webhookUrl: orNull(typed.webhookUrl),
      }),
    onError: (error) => {
      // A text that has run out is replaced, to be signed anew.
      if (failureOf(error).code === 'CHALLENGE_OVER')
        void client.invalidateQueries({ queryKey: challengeQuery.queryKey });
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: systemsKey });
      void message.success(`已登记“${typed.name}”，等待商务委确认`);
      close();
      void navigate(systemPlace(id));
    },
  });
};

const KeyHelp = () => (
  <details className={styles.help}>
    <summary>怎样生成密钥</summary>
    <p>
      在系统所在的服务器上执行（OpenSSL 3），私钥 private.pem 留在本机，任何人索要都不要给；这里只填公钥 public.pem
      的内容。
    </p>
    <pre>{makeKey}</pre>
  </details>
);

const signText = (challenge: string): string =>
  `printf '%s' '${challenge}' > challenge.txt
openssl pkeyutl -sign -inkey private.pem -rawin -digest sm3 -pkeyopt distid:1234567812345678 -in challenge.txt | base64 -w0`;

const ProofField = ({ challenge, typed, faultOf, set }: FieldProps & { challenge: string }) => (
  <>
    <p className={styles.proof}>
      证明私钥在本企业手中：在有私钥的服务器上执行下面两行，把得到的签名填在下面（一小时内有效）。
    </p>
    <section aria-label="签名命令">
      <pre className={styles.command}>{signText(challenge)}</pre>
    </section>
    <Labelled label="私钥持有证明（签名）" fault={faultOf('proof')}>
      {(id, described) => (
        <Input.TextArea
          id={id}
          {...described}
          className={styles.code ?? ''}
          value={typed.proof}
          onChange={(event) => set('proof', event.target.value)}
          rows={2}
          spellCheck={false}
          placeholder="Base64，以 M 开头"
        />
      )}
    </Labelled>
  </>
);

/** The fields of one line: what each is called, says, and shows while it is empty. */
const lines = {
  name: { label: '系统名称', note: undefined, hint: '例如：厂务管理系统' },
  webhookUrl: {
    label: '推送地址（可不填）',
    note: '案卷退回、审核通过、出证、注销、撤销时，平台向这个地址发送签名的消息',
    hint: 'https://',
  },
  ranges: {
    label: '只允许从这些地址调用（可不填）',
    note: '多个地址或地址段用空格、逗号或换行分开',
    hint: '203.0.113.0/24',
  },
  validUntil: { label: '有效期至（可不填）', note: '当天结束后停止；不填为长期有效', hint: '例如：2027-12-31' },
} as const;

interface FieldProps {
  readonly typed: Typed;
  readonly faultOf: (name: string) => string | undefined;
  readonly set: (name: keyof Typed, value: string) => void;
}

const Line = ({ name, typed, faultOf, set }: FieldProps & { name: keyof typeof lines }) => {
  const { label, note, hint } = lines[name];
  return (
    <Labelled label={label} fault={faultOf(name)} note={note}>
      {(id, described) => (
        <Input
          id={id}
          {...described}
          value={typed[name]}
          onChange={(event) => set(name, event.target.value)}
          placeholder={hint}
        />
      )}
    </Labelled>
  );
};

const KeyField = ({ typed, faultOf, set }: FieldProps) => (
  <Labelled label="公钥（SM2）" fault={faultOf('publicKey')}>
    {(id, described) => (
      <Input.TextArea
        id={id}
        {...described}
        className={styles.code ?? ''}
        value={typed.publicKey}
        onChange={(event) => set('publicKey', event.target.value)}
        rows={5}
        spellCheck={false}
        placeholder="-----BEGIN PUBLIC KEY----- 开头的 PEM，或 04 开头的 130 位十六进制"
      />
    )}
  </Labelled>
);

/** Registers a system of the own enterprise. */
export const RegisterDialog = ({ close }: { close: () => void }) => {
  const [typed, setTyped] = useState(nothing);
  const { data: challenge, error: unasked } = useQuery(challengeQuery);
  const register = useRegister(typed, challenge?.text ?? '', close);
  const failure = register.error ? failureOf(register.error) : null;
  const fields: FieldProps = {
    typed,
    faultOf: (name) => failure?.problems.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message,
    set: (name, value) => setTyped((before) => ({ ...before, [name]: value })),
  };
  return (
    <Modal
      open
      title="登记企业系统"
      width={640}
      okText="登记"
      cancelText="再想想"
      okButtonProps={{
        loading: register.isPending,
        disabled: [typed.name, typed.publicKey, typed.proof].some((text) => text.trim() === '') || !challenge,
      }}
      onOk={() => register.mutate()}
      onCancel={close}
      mask={{ closable: false }}
    >
      {unasked && <Refusal>没有取得待签的登记文本：{failureOf(unasked).message}</Refusal>}
      {failure && (
        <Refusal>{failure.problems.length > 0 ? '登记的内容有误，请按各项提示改正' : failure.message}</Refusal>
      )}
      <Line name="name" {...fields} />
      <KeyField {...fields} />
      <KeyHelp />
      {challenge && <ProofField challenge={challenge.text} {...fields} />}
      <Line name="webhookUrl" {...fields} />
      <Line name="ranges" {...fields} />
      <Line name="validUntil" {...fields} />
    </Modal>
  );
};
