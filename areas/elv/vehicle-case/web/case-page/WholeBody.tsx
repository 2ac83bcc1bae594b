import { Button } from 'antd';
import { addressOf } from '#kernel/contract/client.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { Timeline } from '#web-kit/Timeline.tsx';
import { signedTrailContract } from '../../model/signed-trail.contract.ts';
import { AbilityPanel } from './AbilityPanel.tsx';
import { CaseBanners } from './Banners.tsx';
import { CaseHeader, CaseStages } from './CaseHeader.tsx';
import { CaseSection } from './CaseSection.tsx';
import { CertificatePanel } from './CertificatePanel.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import { useOpenCase } from './case-context.tsx';
import styles from './case-page.module.css';
import { ExchangesPanel } from './ExchangesPanel.tsx';
import { FactsPanel } from './FactsPanel.tsx';
import { sectionsShown } from './sections-shown.ts';

/** The steps with their signatures, to be kept and checked elsewhere. */
const TrailDownloads = ({ caseId }: { caseId: string }) => {
  const urlOf = (form: 'json' | 'pdf'): string => addressOf(signedTrailContract.signedTrail, { id: caseId, form }).url;
  return (
    <div className={styles.buttons}>
      <Button size="small" href={urlOf('pdf')} download>
        下载签名记录 PDF
      </Button>
      <Button size="small" href={urlOf('json')} download title="供程序核验：npm run verify-trail -- 文件">
        下载核验文件 JSON
      </Button>
    </div>
  );
};

/** The signed steps of the case. */
export const TimelinePanel = () => {
  const { view } = useOpenCase();
  return (
    <section className={matter.section} id={anchorOf('timeline')} aria-labelledby="title-timeline">
      <div className={matter.sectionHead}>
        <h2 id="title-timeline">办理记录</h2>
        {view.timeline.length > 0 && <TrailDownloads caseId={view.id} />}
      </div>
      <div className={styles.sectionBody}>
        {view.timeline.length === 0 ? (
          <p className={styles.quiet}>还没有办理过；提交之后，每一步由谁、何时、为何办理都记在这里。</p>
        ) : (
          <Timeline steps={view.timeline} />
        )}
      </div>
    </section>
  );
};

/** The whole case on one page: its parts to the left, what can be done and what is known to the right. */
export const WholeBody = ({ showReview }: { showReview: (() => void) | null }) => {
  const { view } = useOpenCase();
  return (
    <div className={matter.page}>
      <CaseHeader>{showReview && <Button onClick={showReview}>回到审核</Button>}</CaseHeader>
      <CaseStages />
      <div className={matter.columns}>
        <div className={matter.main}>
          <CaseBanners />
          <CertificatePanel />
          {sectionsShown(view).map((section) => (
            <CaseSection key={section.id} section={section} />
          ))}
          <ExchangesPanel />
          <TimelinePanel />
        </div>
        <aside className={styles.side} aria-label="办理">
          <AbilityPanel />
          <FactsPanel />
          <ChecksPanel />
        </aside>
      </div>
    </div>
  );
};
