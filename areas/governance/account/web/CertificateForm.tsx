import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Failure } from '#kernel/contract/failure.ts';
import { Labelled, Refusal } from '#web-kit/Labelled.tsx';
import styles from './sign-in.module.css';

/**
 * What a key device is to sign, and its signature. Middleware of a vendor's key fills it in by itself; without one the text is signed
 * with the vendor's tool and pasted.
 */
export const CertificateForm = ({
  text,
  withCertificate,
  busy,
  failure,
  onSubmit,
  button,
}: {
  text: string;
  withCertificate: boolean;
  busy: boolean;
  failure: Failure | null;
  onSubmit: (said: { signature: string; certificate: string }) => void;
  button: string;
}) => {
  const [signature, setSignature] = useState('');
  const [certificate, setCertificate] = useState('');
  const [tried, setTried] = useState(false);
  const missing = signature.trim() === '' || (withCertificate && certificate.trim() === '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!missing) onSubmit({ signature: signature.trim(), certificate: certificate.trim() });
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <p className={styles.lead}>请用 UKey 工具对下面的内容（逐字，UTF-8，不含末尾换行）做 SM2 签名，5 分钟内有效。</p>
      <pre className={styles.challenge}>{text}</pre>
      {withCertificate && (
        <Labelled label="签名证书（PEM）" fault={tried && certificate.trim() === '' ? '请填入证书' : undefined}>
          {(id, described) => (
            <Input.TextArea
              id={id}
              rows={4}
              maxLength={10_000}
              value={certificate}
              {...described}
              onChange={(event) => setCertificate(event.target.value)}
            />
          )}
        </Labelled>
      )}
      <Labelled label="签名（Base64）" fault={tried && signature.trim() === '' ? '请填入签名' : undefined}>
        {(id, described) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={400}
            value={signature}
            {...described}
            onChange={(event) => setSignature(event.target.value)}
          />
        )}
      </Labelled>
      {failure && <Refusal>{failure.message}</Refusal>}
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>
        {button}
      </Button>
    </form>
  );
};
