import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Modal, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { FileViewer } from '#web-kit/FileViewer.tsx';
import { formatMoment, formatMomentExactly } from '#web-kit/format.ts';
import matter from '#web-kit/matter.module.css';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { usePageTitle } from '#web-kit/page-title.ts';
import { StateTag } from '#web-kit/StateTag.tsx';
import { DeadlineText } from '#web-kit/TimeText.tsx';
import { VinText } from '#web-kit/VinText.tsx';
import type { CitizenApplicationView } from '../model/citizen-application.contract.ts';
import { CitizenApplicationActions } from './CitizenApplicationActions.tsx';
import styles from './citizen-application.module.css';
import { casePlaceOf, offeredPhoto, offeredQuery } from './citizen-application-api.ts';

type View = CitizenApplicationView;

const Header = ({ view }: { view: View }) => {
  usePageTitle(`个人申请 ${view.plateNo ?? view.applicationNo}`);
  return (
    <header className={matter.head}>
      <PlateMark plateNo={view.plateNo} plateTypeCode={view.plateTypeCode} size="head" />
      <div>
        <h1 className={matter.name}>个人申请 {view.applicationNo}</h1>
        <VinText vin={view.vin} />
      </div>
      <dl className={matter.facts}>
        <div>
          <dt>申请人</dt>
          <dd>{view.byAgent ? '代理人' : '车主本人'}（一网通办实名）</dd>
        </div>
        {view.enterpriseName && (
          <div>
            <dt>所选企业</dt>
            <dd>{view.enterpriseName}</dd>
          </div>
        )}
        {view.declineReason && (
          <div>
            <dt>未接收的原因</dt>
            <dd>{view.declineReason}</dd>
          </div>
        )}
        {view.deadlineAt && (
          <div>
            <dt>答复期限</dt>
            <dd>
              <DeadlineText
                deadlineAt={view.deadlineAt}
                workingDaysLeft={view.workingDaysLeft}
                overdue={view.overdue}
              />
            </dd>
          </div>
        )}
        {view.caseNo !== null && view.caseId !== null && (
          <div>
            <dt>案卷</dt>
            <dd>
              <Link {...casePlaceOf(view.caseId)}>{view.caseNo}</Link>
            </dd>
          </div>
        )}
      </dl>
      <div role="status" aria-label="当前状态">
        <StateTag tone={view.state === 'accepted' ? 'done' : 'ours'} title={view.stateTitle} large />
      </div>
    </header>
  );
};

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={matter.section} aria-label={title}>
    <div className={matter.sectionHead}>
      <h2>{title}</h2>
    </div>
    <div className={matter.sectionBody}>{children}</div>
  </section>
);

const Filled = ({ view }: { view: View }) =>
  view.sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ id, title, lines }) => (
      <Section key={id} title={title}>
        <dl className={styles.lines}>
          {lines.map((line) => (
            <div key={line.title}>
              <dt>{line.title}</dt>
              <dd>{line.text}</dd>
            </div>
          ))}
        </dl>
      </Section>
    ));

/** What can be seen of a paper, as the button shows it. */
const shownAs = (viewable: boolean, mediaType: string): string =>
  viewable ? (mediaType === 'application/pdf' ? 'PDF 文件' : '查看') : '不可查看';

const Photos = ({ view, look }: { view: View; look: (id: string) => void }) => (
  <Section title="材料照片">
    {view.photos.every(({ viewable }) => !viewable) ? (
      <p className={styles.note}>您的角色只能看脱敏后的内容，证件照片不可查看。</p>
    ) : (
      view.state === 'submitted' && (
        <p className={styles.note}>接收之前，身份证号码、电话只显示部分，身份证照片不可查看；接收后在案卷中查看。</p>
      )
    )}
    <ul className={styles.photos}>
      {view.photos.map(({ id, title, viewable, mediaType, uploadedAt }) => (
        <li key={id}>
          <button
            type="button"
            disabled={!viewable}
            onClick={() => look(id)}
            aria-label={`${shownAs(viewable, mediaType)} ${title}`}
          >
            {viewable && mediaType !== 'application/pdf' ? (
              <img src={offeredPhoto(view.id, id)} alt={title} loading="lazy" />
            ) : (
              <span>{shownAs(viewable, mediaType)}</span>
            )}
          </button>
          <b>{title}</b>
          <small>{formatMoment(uploadedAt)}</small>
        </li>
      ))}
    </ul>
  </Section>
);

const exchangeWords: Readonly<Record<View['exchanges'][number]['status'], string>> = {
  waiting: '已发出，等待返回',
  retrying: '失败重试中',
  answered: '已返回',
  refused: '对方未受理',
  'needs-person': '需人工',
};

const Beside = ({ view }: { view: View }) => (
  <>
    <section className={matter.panel} aria-label="同意文本">
      <div className={matter.panelHead}>
        <h2>申请人已同意</h2>
      </div>
      <ul className={styles.plain}>
        {view.consents.map(({ title, version, at }) => (
          <li key={title}>
            {title}（第 {version} 版）<small>{formatMoment(at)}</small>
          </li>
        ))}
      </ul>
    </section>
    {view.exchanges.length > 0 && (
      <section className={matter.panel} aria-label="外部往来">
        <div className={matter.panelHead}>
          <h2>外部往来</h2>
        </div>
        <ul className={styles.plain}>
          {view.exchanges.map(({ id, connectorTitle, title, status, createdAt, note }) => (
            <li key={id}>
              {connectorTitle} · {title}：{exchangeWords[status]}
              <small>
                {formatMoment(createdAt)}
                {note && `；${note}`}
              </small>
            </li>
          ))}
        </ul>
      </section>
    )}
  </>
);

const Opened = ({ view }: { view: View }) => {
  const [lookedAt, look] = useState<string | null>(null);
  const files = view.photos
    .filter(({ viewable }) => viewable)
    .map((one) => ({
      id: one.id,
      title: one.title,
      address: offeredPhoto(view.id, one.id),
      mediaType: one.mediaType,
      fileName: one.fileName,
      facts: [{ title: '上传', text: `${formatMomentExactly(one.uploadedAt)} 申请人` }],
    }));
  return (
    <div className={matter.page}>
      <Header view={view} />
      <div className={matter.columns}>
        <div className={matter.main}>
          <Filled view={view} />
          <Photos view={view} look={look} />
        </div>
        <aside className={matter.side} aria-label="办理">
          <CitizenApplicationActions view={view} />
          <Beside view={view} />
        </aside>
      </div>
      <Modal
        open={lookedAt !== null}
        onCancel={() => look(null)}
        footer={null}
        title="材料照片"
        width="min(1600px, 96vw)"
        centered
        destroyOnHidden
      >
        <div className={matter.viewer}>
          <FileViewer files={files} openId={lookedAt} onOpen={look} focus={null} />
        </div>
      </Modal>
    </div>
  );
};

/** One application, for the enterprise its owner chose: to take, or not to take. Source: tender R62. */
export const CitizenApplicationPage = ({ id }: { id: string }) => {
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(offeredQuery(id));
  if (error && failureOf(error).status === 404)
    return (
      <div className={matter.page}>
        <EmptyState
          page
          title="没有找到这份个人申请"
          action={<Button onClick={() => void navigate({ to: '/elv/citizen-applications' })}>查看个人申请</Button>}
        >
          申请可能已由申请人撤回、已另选企业，或不在您的权限范围内。
        </EmptyState>
      </div>
    );
  if (data) return <Opened view={data} />;
  return (
    <div className={matter.page}>
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <div role="status" aria-busy="true" aria-label="正在打开个人申请">
          <Skeleton active paragraph={{ rows: 12 }} />
        </div>
      )}
    </div>
  );
};
