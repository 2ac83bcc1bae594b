import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MatterShown } from '#web-kit/matter-beside.tsx';
import { SolidTag } from '#web-kit/SolidTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { type CaseEvidence, photoEvidenceContract, type WeighedPhoto } from '../model/photo-evidence.contract.ts';
import { PhotoTable } from './PhotoTable.tsx';
import styles from './photo-evidence.module.css';
import { evidenceQuery, ownPicture } from './photo-evidence-api.ts';
import { Repeat } from './Repeats.tsx';
import { SideBySide } from './SideBySide.tsx';

type Oddity = WeighedPhoto['oddities'][number];

const OddPhoto = ({ photo, oddity, look }: { photo: WeighedPhoto; oddity: Oddity; look: () => void }) => (
  <li className={styles.line}>
    <SolidTag tone="amber" title={oddity.title} />
    <span className={styles.words}>
      <button type="button" className={styles.link} onClick={look}>
        {photo.title}
      </button>
      ：{oddity.reason}
    </span>
  </li>
);

const summaryOf = ({ photos }: CaseEvidence, open: number, odd: number): string => {
  const waiting = photos.filter(({ looked }) => looked === 'waiting').length;
  const counted = `现场照片 ${photos.length} 张`;
  if (waiting > 0) return `${counted}，其中 ${waiting} 张正在比对`;
  if (open + odd === 0) return `${counted}，没有发现重复或异常`;
  return `${counted}，${[open > 0 ? `重复或疑似重复 ${open} 项` : '', odd > 0 ? `其他异常 ${odd} 项` : ''].filter(Boolean).join('，')}`;
};

const Evidence = ({ caseId, evidence }: { caseId: string; evidence: CaseEvidence }) => {
  const [all, setAll] = useState(false);
  const [settled, setSettled] = useState(false);
  const [looked, setLooked] = useState<WeighedPhoto | null>(null);
  const shown = { caseId, evidence };
  const open = evidence.findings
    .filter(({ setAside }) => setAside === null)
    .sort((one, other) => Number(one.kind !== 'same') - Number(other.kind !== 'same'));
  const aside = evidence.findings.filter(({ setAside }) => setAside !== null);
  const odd = evidence.photos.flatMap((photo) => photo.oddities.map((oddity) => ({ photo, oddity })));
  const urgent = open.length + odd.length > 0;
  return (
    <section className={`${styles.note} ${urgent ? styles.urgent : ''}`} aria-label="照片核查">
      <div className={styles.head}>
        <strong>照片核查</strong>
        <span>{summaryOf(evidence, open.length, odd.length)}</span>
        <span className={styles.switches}>
          {aside.length > 0 && (
            <button type="button" className={styles.link} aria-expanded={settled} onClick={() => setSettled(!settled)}>
              已认定无碍 {aside.length} 项
            </button>
          )}
          <button type="button" className={styles.link} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? '收起时间和地点' : '时间和地点'}
          </button>
        </span>
      </div>
      {(urgent || settled) && (
        <ul className={styles.list}>
          {[...open, ...(settled ? aside : [])].map((finding) => (
            <Repeat key={finding.id} finding={finding} shown={shown} />
          ))}
          {odd.map(({ photo, oddity }) => (
            <OddPhoto
              key={`${photo.photoId} ${oddity.code}`}
              photo={photo}
              oddity={oddity}
              look={() => setLooked(photo)}
            />
          ))}
        </ul>
      )}
      {all && <PhotoTable evidence={evidence} look={setLooked} />}
      {looked && (
        <SideBySide
          title={looked.title}
          files={[ownPicture(caseId, looked, looked.title)]}
          close={() => setLooked(null)}
        />
      )}
    </section>
  );
};

/** What is to be known of a case's photographs, for its reviewers, at the top of the case's own page. Source: tender R03, R04. */
export const CasePhotoEvidence = ({ id, version }: MatterShown) => {
  const permitted = may(useSession(), photoEvidenceContract.ofCase.permission);
  const { data } = useQuery({ ...evidenceQuery(id, version), enabled: permitted, placeholderData: (before) => before });
  return data && data.photos.length > 0 ? <Evidence caseId={id} evidence={data} /> : null;
};
