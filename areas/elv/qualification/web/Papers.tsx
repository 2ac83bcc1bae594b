import { Button } from 'antd';
import type { ReactNode } from 'react';
import { addressOf } from '#kernel/contract/client.ts';
import type { EntryView } from '#practices/registry/model/registry.views.ts';
import { papers } from '../model/documents.ts';
import { qualificationContract } from '../model/qualification.contract.ts';
import styles from './papers.module.css';

/** The certificate of an enterprise that is qualified, to look at and to print. Source: tender R10. */
export const CertificatePanel = ({ view }: { view: EntryView }) => {
  if (view.standing === null) return null;
  const { url } = addressOf(qualificationContract.certificatePdf, { id: view.id });
  return (
    <section className={styles.panel} aria-label="打印资质认定书">
      <h2>打印资质认定书</h2>
      <p>
        <strong>{view.number}</strong>
      </p>
      <p>有效期至 {view.validity.validUntil}</p>
      <Button block href={url} target="_blank" rel="noreferrer">
        查看与打印
      </Button>
    </section>
  );
};

/** The paper that a step made; nothing beside a step that made none. Source: tender R11. */
export const paperLink = (view: EntryView, seq: number): ReactNode => {
  const step = view.timeline.find((one) => one.seq === seq);
  const paper = step && Object.hasOwn(papers, step.action) ? papers[step.action] : undefined;
  if (!paper) return null;
  return (
    <a
      className={styles.paper}
      href={addressOf(qualificationContract.documentPdf, { id: view.id, seq }).url}
      target="_blank"
      rel="noreferrer"
    >
      {paper.title}
    </a>
  );
};
