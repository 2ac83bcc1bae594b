import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, linkOptions } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { formatMoment, formatMomentExactly } from '#web-kit/format.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { SolidTag } from '#web-kit/SolidTag.tsx';
import type { ViewedFile } from '#web-kit/ViewerPane.tsx';
import type { CaseEvidence, PhotoFinding } from '../model/photo-evidence.contract.ts';
import styles from './photo-evidence.module.css';
import { evidenceApi, evidenceKey, ownPicture, pictureAddress } from './photo-evidence-api.ts';
import { SideBySide } from './SideBySide.tsx';

/** A repeat, and the case whose page it is shown on. */
export interface Shown {
  readonly caseId: string;
  readonly evidence: CaseEvidence;
}

const ownFile = ({ caseId, evidence }: Shown, { photoId, title }: PhotoFinding): ViewedFile | null => {
  const photo = evidence.photos.find((one) => one.photoId === photoId);
  return photo ? ownPicture(caseId, photo, `本案卷 ${title}`) : null;
};

const otherFile = ({ other }: PhotoFinding): ViewedFile | null =>
  other.case && other.photo
    ? {
        id: other.photo.id,
        title: `案卷 ${other.case.caseNo} ${other.title}`,
        address: pictureAddress(other.case.id, other.photo.id),
        mediaType: other.photo.mediaType,
        fileName: other.photo.fileName,
        facts: [
          { title: '上传', text: `${formatMomentExactly(other.photo.receivedAt)} ${other.photo.operatorName}` },
          { title: '企业', text: other.case.enterpriseName },
        ],
      }
    : null;

const unseen = ({ other }: PhotoFinding): string =>
  other.case ? '这张照片已从那件案卷移除，不再显示' : '另一案卷不在您的查阅范围内，看不到它的照片和编号';

const SetAside = ({ caseId, finding, close }: { caseId: string; finding: PhotoFinding; close: () => void }) => {
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const { message } = App.useApp();
  const setting = useMutation({
    mutationFn: () => evidenceApi.setAside({ id: caseId, findingId: finding.id, reason }),
    onSuccess: () => {
      void message.success('已认定无碍，原因记入日志');
      void client.invalidateQueries({ queryKey: evidenceKey });
      close();
    },
  });
  return (
    <ReasonDialog
      question={{
        title: '认定无碍',
        consequence: '两件案卷都不再提示这一项；认定人、时间和原因记入日志，审核人员都能看到。',
        ask: 'reason',
        tone: 'primary',
        templates: [
          '同一张拖车单载明多辆车，已核对',
          '画面近似但不是同一辆车，已逐项核对',
          '同一车辆重新申报，照片沿用',
        ],
      }}
      reason={reason}
      setReason={setReason}
      busy={setting.isPending}
      failure={setting.error ? failureOf(setting.error) : null}
      notes={[]}
      confirm={() => setting.mutate()}
      close={close}
    />
  );
};

const OtherCase = ({ other }: PhotoFinding) =>
  other.case ? (
    <span>
      案卷{' '}
      <Link
        {...linkOptions({ to: '/elv/vehicle-cases/$caseId', params: { caseId: other.case.id } })}
        className={styles.link ?? ''}
      >
        {other.case.caseNo}
      </Link>
      （{other.case.enterpriseName}
      {other.case.sameVehicle ? '，同一车辆' : ''}）的“{other.title}”
    </span>
  ) : (
    <span>另一案卷（不在您的查阅范围内）的照片</span>
  );

const likenessWords = { same: '是同一个文件', near: '画面近似', turned: '镜像或旋转后画面近似' } as const;

/** One repeat: what is like what, and the way to see both beside each other. */
export const Repeat = ({ finding, shown }: { finding: PhotoFinding; shown: Shown }) => {
  const [looking, setLooking] = useState(false);
  const [asking, setAsking] = useState(false);
  const may = shown.evidence.maySetAside && finding.setAside === null;
  return (
    <li className={styles.line}>
      <SolidTag
        tone={finding.setAside ? 'slate' : finding.kind === 'same' ? 'darkRed' : 'amber'}
        title={finding.kind === 'same' ? '照片重复' : '疑似重复'}
        reason={finding.words}
      />
      <span className={styles.words}>
        本案卷的“{finding.title}”与
        <OtherCase {...finding} />
        {likenessWords[finding.kind]}
        {finding.setAside && (
          <span className={styles.quiet}>
            {formatMoment(finding.setAside.at)} {finding.setAside.name} 认定无碍：{finding.setAside.reason}
          </span>
        )}
      </span>
      <Button size="small" onClick={() => setLooking(true)}>
        并排核对
      </Button>
      {may && (
        <Button size="small" onClick={() => setAsking(true)}>
          认定无碍
        </Button>
      )}
      {looking && (
        <SideBySide
          title={finding.words}
          files={[ownFile(shown, finding), otherFile(finding)]}
          instead={unseen(finding)}
          close={() => setLooking(false)}
        />
      )}
      {asking && <SetAside caseId={shown.caseId} finding={finding} close={() => setAsking(false)} />}
    </li>
  );
};
