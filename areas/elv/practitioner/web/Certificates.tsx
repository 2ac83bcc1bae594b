import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { addressOf } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { failureOf } from '#web-kit/api.ts';
import { FileButton } from '#web-kit/FilePick.tsx';
import matter from '#web-kit/matter.module.css';
import { RevealDialog } from '#web-kit/RevealDialog.tsx';
import { objectionTo, uploadFile } from '#web-kit/upload.ts';
import { practitionerContract } from '../model/practitioner.contract.ts';
import { certificateFields } from '../model/practitioner.fields.ts';
import type { CertificateView, PractitionerView, Validity } from '../model/practitioner.views.ts';
import styles from './practitioner.module.css';
import { practitionerApi, practitionersKey } from './practitioner-api.ts';

const words: Readonly<Record<Validity, readonly [title: string, look: string | undefined]>> = {
  valid: ['有效', styles.good],
  lapsing: ['即将到期', styles.soon],
  lapsed: ['已到期', styles.bad],
  replaced: ['已有更新的证书', styles.idle],
};

interface Line {
  readonly person: PractitionerView;
  readonly one: CertificateView;
}

const fileAddress = (id: string, certificateId: string, reason?: string): string =>
  addressOf(practitionerContract.certificateFile, { id, certificateId, ...(reason ? { reason } : {}) }).url;

const CertificateNumber = ({ person, one }: Line) => {
  const [asked, setAsked] = useState(false);
  const [plain, setPlain] = useState<string | null>(null);
  return (
    <>
      {plain ?? one.number ?? '—'}
      {plain === null && person.abilities.includes('reveal') && (
        <Button type="link" size="small" aria-label={`查看：${one.kindTitle}编号明文`} onClick={() => setAsked(true)}>
          查看
        </Button>
      )}
      {asked && (
        <RevealDialog
          title={certificateFields.number.title}
          reveal={(reason) =>
            practitionerApi.reveal({ id: person.id, field: 'certificateNo', certificateId: one.id, reason })
          }
          shown={(value) => {
            setPlain(value);
            setAsked(false);
          }}
          close={() => setAsked(false)}
        />
      )}
    </>
  );
};

const Picture = ({ person, one }: Line) => {
  const [asked, setAsked] = useState(false);
  const [address, setAddress] = useState(one.file?.viewable ? fileAddress(person.id, one.id) : null);
  if (!one.file) return <span className={styles.idle}>未上传</span>;
  if (address ?? one.file.viewable)
    return (
      <a href={address ?? fileAddress(person.id, one.id)} target="_blank" rel="noreferrer">
        打开
      </a>
    );
  if (!person.abilities.includes('reveal')) return <span className={styles.idle}>已上传</span>;
  return (
    <>
      <Button type="link" size="small" aria-label={`查看：${one.kindTitle}图片`} onClick={() => setAsked(true)}>
        查看
      </Button>
      {asked && (
        <RevealDialog
          title="证书图片"
          // The reason goes with the address: the server puts it down when the picture is opened.
          reveal={(reason) => Promise.resolve({ value: fileAddress(person.id, one.id, reason.trim()) })}
          shown={(value) => {
            setAddress(value);
            setAsked(false);
          }}
          close={() => setAsked(false)}
        />
      )}
    </>
  );
};

const sent = async (id: string, certificateId: string, file: File): Promise<void> => {
  const objection = objectionTo(file);
  if (objection !== undefined) throw new Failure(422, 'FILE_REFUSED', objection);
  await uploadFile(addressOf(practitionerContract.attachCertificate, { id, certificateId }).url, file, () => undefined);
};

const Acts = ({ person, one, told }: Line & { told: (error: Error | null) => void }) => {
  const client = useQueryClient();
  const done = {
    onError: told,
    onSuccess: async () => {
      told(null);
      await client.invalidateQueries({ queryKey: practitionersKey });
    },
  };
  const attach = useMutation({ mutationFn: (file: File) => sent(person.id, one.id, file), ...done });
  const remove = useMutation({
    mutationFn: () => practitionerApi.removeCertificate({ id: person.id, certificateId: one.id }),
    ...done,
  });
  return (
    <span className={styles.marks}>
      <FileButton
        label={`${one.file ? '更换图片' : '上传图片'}：${one.kindTitle}`}
        take={([file]) => {
          if (file) attach.mutate(file);
        }}
      >
        {attach.isPending ? '正在上传' : one.file ? '更换图片' : '上传图片'}
      </FileButton>
      <Popconfirm
        title="作废这份证书的登记？"
        description="登记有误时作废；证书到期请登记新证书，不必作废旧的"
        okText="作废"
        cancelText="再想想"
        onConfirm={() => remove.mutate()}
      >
        <Button type="link" size="small" danger loading={remove.isPending} aria-label={`作废：${one.kindTitle}`}>
          作废
        </Button>
      </Popconfirm>
    </span>
  );
};

/** The certificates of a person, those that count first. */
export const Certificates = ({ person }: { person: PractitionerView }) => {
  const [trouble, setTrouble] = useState<Error | null>(null);
  const editable = person.abilities.includes('edit');
  return (
    <section className={matter.section} aria-label="证书">
      <div className={matter.sectionHead}>
        <h2>证书</h2>
      </div>
      <div className={matter.sectionBody}>
        {trouble && (
          <div className={styles.refused}>
            <Alert type="error" showIcon title={failureOf(trouble).message} />
          </div>
        )}
        {person.certificates.length === 0 ? (
          <p className={matter.quiet}>还没有登记证书。</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          <section className={styles.scroll} aria-label="证书清单" tabIndex={0}>
            <table className={styles.table}>
              <thead>
                <tr>
                  {['证书类别', '证书编号', '发证机关', '发证日期', '有效期至', '情况', '图片'].map((title) => (
                    <th key={title} scope="col">
                      {title}
                    </th>
                  ))}
                  {editable && <th scope="col">办理</th>}
                </tr>
              </thead>
              <tbody>
                {person.certificates.map((one) => (
                  <tr key={one.id}>
                    <td>{one.kindTitle}</td>
                    <td>
                      <CertificateNumber person={person} one={one} />
                    </td>
                    <td>{one.issuer}</td>
                    <td>{one.issuedOn}</td>
                    <td>{one.validUntil ?? '长期'}</td>
                    <td className={words[one.validity][1]}>{words[one.validity][0]}</td>
                    <td>
                      <Picture person={person} one={one} />
                    </td>
                    {editable && (
                      <td>
                        <Acts person={person} one={one} told={setTrouble} />
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </section>
  );
};
