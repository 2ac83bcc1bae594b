import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#kernel/contract/operation.ts';
import { failureOf } from '#web-kit/api.ts';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { OwnAccount, ownAccountContract } from '../model/own-account.contract.ts';
import { ownAccountApi, ownAccountQuery } from './account-api.ts';
import { CertificateForm } from './CertificateForm.tsx';
import { CodeForm } from './CodeForm.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import styles from './personal-settings.module.css';
import { RecoveryCodes, TotpOffer } from './TotpOffer.tsx';

type Offer = OutputOf<typeof ownAccountContract.offerTotp>;
type Challenge = OutputOf<typeof ownAccountContract.askChallenge>;

/** What is being done about a second factor. */
type Doing =
  | { readonly step: 'enrol' | 'remove' | 'renew' | 'challenge' }
  | { readonly step: 'offered'; readonly offer: Offer }
  | { readonly step: 'codes'; readonly codes: readonly string[] }
  | { readonly step: 'challenged'; readonly challenge: Challenge }
  | { readonly step: 'unbind'; readonly certificateId: string };

const Offered = ({
  offer,
  userName,
  onCodes,
  onClose,
}: {
  offer: Offer;
  userName: string;
  onCodes: (codes: readonly string[]) => void;
  onClose: () => void;
}) => {
  const confirm = useMutation({
    mutationFn: ownAccountApi.confirmTotp,
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  return (
    <Modal open title="启用动态验证码" footer={null} width={440} onCancel={onClose} mask={{ closable: false }}>
      <TotpOffer secret={offer.secret} picture={offer.picture} />
      <CodeForm
        userName={userName}
        recovery={false}
        button="启用"
        busy={confirm.isPending}
        failure={confirm.error && failureOf(confirm.error)}
        onSubmit={(code) => confirm.mutate({ ticket: offer.ticket, code })}
      />
    </Modal>
  );
};

const Challenged = ({
  challenge,
  onDone,
  onClose,
}: {
  challenge: Challenge;
  onDone: () => void;
  onClose: () => void;
}) => {
  const bind = useMutation({ mutationFn: ownAccountApi.bindCertificate, onSuccess: onDone });
  return (
    <Modal open title="绑定 UKey 证书" footer={null} width={560} onCancel={onClose} mask={{ closable: false }}>
      <CertificateForm
        text={challenge.text}
        withCertificate
        button="绑定"
        busy={bind.isPending}
        failure={bind.error && failureOf(bind.error)}
        onSubmit={(said) => bind.mutate({ ticket: challenge.ticket, ...said })}
      />
    </Modal>
  );
};

const Dialogs = ({
  doing,
  userName,
  go,
  done,
}: {
  doing: Doing | null;
  userName: string;
  go: (next: Doing | null) => void;
  done: (words: string) => void;
}) => {
  const close = (): void => go(null);
  switch (doing?.step) {
    case 'enrol':
      return (
        <PasswordDialog
          title="启用动态验证码"
          lead="请先输入当前密码。启用后，登录时在密码之外还要输入手机上的验证码；原先的验证器和恢复码随之失效。"
          action={(password) => ownAccountApi.offerTotp({ password })}
          onDone={(offer) => go({ step: 'offered', offer })}
          onClose={close}
        />
      );
    case 'offered':
      return (
        <Offered
          offer={doing.offer}
          userName={userName}
          onCodes={(codes) => go({ step: 'codes', codes })}
          onClose={close}
        />
      );
    case 'codes':
      return (
        <Modal
          open
          title="恢复码"
          footer={null}
          width={440}
          closable={false}
          mask={{ closable: false }}
          keyboard={false}
        >
          <RecoveryCodes codes={doing.codes} onDone={() => done('已保存')} />
        </Modal>
      );
    case 'renew':
      return (
        <PasswordDialog
          title="重新生成恢复码"
          lead="请输入当前密码。原先的恢复码全部失效。"
          action={(password) => ownAccountApi.renewRecoveryCodes({ password })}
          onDone={({ recoveryCodes }) => go({ step: 'codes', codes: recoveryCodes })}
          onClose={close}
        />
      );
    case 'remove':
      return (
        <PasswordDialog
          title="停用动态验证码"
          lead="请输入当前密码。停用后，仅凭密码即可登录，账号更容易被冒用。"
          danger
          action={(password) => ownAccountApi.removeTotp({ password })}
          onDone={() => done('动态验证码已停用')}
          onClose={close}
        />
      );
    case 'challenge':
      return (
        <PasswordDialog
          title="绑定 UKey 证书"
          lead="请先输入当前密码，再用 UKey 签名。"
          action={(password) => ownAccountApi.askChallenge({ password })}
          onDone={(challenge) => go({ step: 'challenged', challenge })}
          onClose={close}
        />
      );
    case 'challenged':
      return <Challenged challenge={doing.challenge} onDone={() => done('UKey 证书已绑定')} onClose={close} />;
    case 'unbind':
      return (
        <PasswordDialog
          title="解除 UKey 证书"
          lead="请输入当前密码。解除后，这张证书不能再用于登录。"
          danger
          action={(password) => ownAccountApi.removeCertificate({ certificateId: doing.certificateId, password })}
          onDone={() => done('证书已解除')}
          onClose={close}
        />
      );
    default:
      return null;
  }
};

/** The person's second factors. */
export const SecondFactor = ({ account }: { account: OwnAccount }) => {
  const { totpSince, recoveryCodesLeft, mandatory, certificates, certificatesOffered } = account.secondFactor;
  const [doing, go] = useState<Doing | null>(null);
  const { message } = App.useApp();
  const client = useQueryClient();
  const done = (words: string): void => {
    go(null);
    void message.success(words);
    void client.invalidateQueries({ queryKey: ownAccountQuery.queryKey });
  };
  return (
    <>
      {mandatory && <p className={styles.second}>您的岗位必须使用双因素登录。</p>}
      <div className={styles.line}>
        <p>
          动态验证码：
          {totpSince === null ? (
            '未启用'
          ) : (
            <>
              已启用（
              <TimeText at={totpSince} day /> 起），剩余恢复码 {recoveryCodesLeft} 个
            </>
          )}
        </p>
        <div className={styles.buttons}>
          <Button onClick={() => go({ step: 'enrol' })}>{totpSince === null ? '启用' : '更换手机'}</Button>
          {totpSince !== null && <Button onClick={() => go({ step: 'renew' })}>重新生成恢复码</Button>}
          {totpSince !== null && (!mandatory || certificates.length > 0) && (
            <Button danger onClick={() => go({ step: 'remove' })}>
              停用
            </Button>
          )}
        </div>
      </div>
      {certificates.map(({ id, subject, expiresAt }) => (
        <div key={id} className={styles.line}>
          <p>
            UKey 证书：{subject}，有效期至 <TimeText at={expiresAt} day />
          </p>
          <Button onClick={() => go({ step: 'unbind', certificateId: id })}>解除</Button>
        </div>
      ))}
      {certificatesOffered && (
        <div className={styles.line}>
          <p>{certificates.length === 0 ? 'UKey 证书：未绑定' : ''}</p>
          <Button onClick={() => go({ step: 'challenge' })}>绑定 UKey 证书</Button>
        </div>
      )}
      <Dialogs doing={doing} userName={account.userName} go={go} done={done} />
    </>
  );
};
