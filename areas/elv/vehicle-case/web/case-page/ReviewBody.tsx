import { Button } from 'antd';
import { useEffect } from 'react';
import { FileViewer } from '#web-kit/FileViewer.tsx';
import { warningOf } from '#web-kit/field-marks.ts';
import { SchemaRead } from '#web-kit/SchemaForm.tsx';
import { ChangeList } from '#web-kit/Timeline.tsx';
import { VinText } from '#web-kit/VinText.tsx';
import { sections } from '../../model/vehicle-case.fields.ts';
import { isIdentityInQuestion } from '../../model/vehicle-case.identity.ts';
import type { SectionId } from '../../model/vehicle-case.views.ts';
import { AssembliesRead } from './Assemblies.tsx';
import { AssertedTag } from './AssertedIdentity.tsx';
import { Banner } from './Banner.tsx';
import { CaseBanners } from './Banners.tsx';
import { CaseHeader, CaseStages } from './CaseHeader.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import { Comparison } from './Comparison.tsx';
import { useOpenCase } from './case-context.tsx';
import { FactsPanel } from './FactsPanel.tsx';
import { comparesPapers, firstToLookAt, judgedSections, revisionOf } from './judged.ts';
import { ReviewActions } from './ReviewActions.tsx';
import styles from './review.module.css';
import { viewedFiles } from './viewed-files.ts';
import { TimelinePanel } from './WholeBody.tsx';

/** What must not be overlooked: supervised destruction and yellow label as solid bars over everything else. */
const Watch = () => {
  const { view } = useOpenCase();
  const supervised = view.marks.find(({ code }) => code === 'supervised');
  const yellow = view.marks.find(({ code }) => code === 'yellow-label');
  return (
    <>
      {supervised && (
        <Banner tone="darkRed" title="监销车辆">
          {supervised.reason}
        </Banner>
      )}
      {yellow && (
        <Banner tone="amber" title="黄标车辆">
          {yellow.reason}
        </Banner>
      )}
    </>
  );
};

const Judged = ({ id }: { id: SectionId }) => {
  const { view } = useOpenCase();
  const section = view.sections.find((one) => one.id === id);
  if (!section) return null;
  const missing = view.slots.filter(
    (slot) => slot.section === id && slot.required && !view.photos.some(({ part }) => part === slot.part),
  );
  return (
    <section className={styles.card} aria-labelledby={`judged-${id}`}>
      <h2 id={`judged-${id}`}>
        {section.title}
        <AssertedTag section={id} />
      </h2>
      <SchemaRead
        fields={sections[id].fields}
        section={id}
        values={section.values}
        warningOf={(name) => warningOf(section.warnings, name)}
        own={(name, value) =>
          name === 'assemblies' ? (
            <AssembliesRead value={value} />
          ) : name === 'vin' && typeof value === 'string' ? (
            <VinText vin={value} />
          ) : undefined
        }
      />
      {missing.length > 0 && <p className={styles.missing}>缺照片：{missing.map(({ title }) => title).join('、')}</p>}
    </section>
  );
};

/** What the photographs are held against when the papers themselves are no longer in question. */
const Registered = () => {
  const { view } = useOpenCase();
  const papers = view.sections.find(({ id }) => id === 'papers')?.values ?? {};
  const text = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : '—');
  return (
    <section className={styles.card} aria-labelledby="judged-against">
      <h2 id="judged-against">照片应与登记一致</h2>
      <dl className={styles.against}>
        <dt>车辆识别代号</dt>
        <dd>
          <VinText vin={typeof papers.vin === 'string' ? papers.vin : null} />
        </dd>
        <dt>发动机号</dt>
        <dd>{text(papers.engineNo)}</dd>
        <dt>号牌号码</dt>
        <dd>{text(papers.plateNo)}</dd>
      </dl>
    </section>
  );
};

/** What the yard put right: a reviewer who returned the case looks for that first. */
const Revised = () => {
  const { view } = useOpenCase();
  const revision = revisionOf(view);
  if (!revision) return null;
  const { changes, photographs } = revision;
  return (
    <section className={styles.card} aria-labelledby="judged-revision">
      <h2 id="judged-revision">{isIdentityInQuestion(view.state) ? '更正了什么' : '退回后改了什么'}</h2>
      {changes.length > 0 && <ChangeList changes={changes} />}
      {photographs.length > 0 && <p>新传照片：{photographs.join('、')}</p>}
      {changes.length === 0 && photographs.length === 0 && <p>没有改动，原样再次提交</p>}
    </section>
  );
};

const RightHalf = () => {
  const { view } = useOpenCase();
  const papers = comparesPapers(view.state);
  return (
    <div className={styles.scroll}>
      <Watch />
      <CaseBanners />
      <Revised />
      {papers && <Comparison />}
      {!papers && <Registered />}
      <ChecksPanel />
      {judgedSections(view.state).map((id) => (
        <Judged key={id} id={id} />
      ))}
      <FactsPanel />
      <TimelinePanel />
    </div>
  );
};

/** The review page: the documents to the left, what they are held against to the right, the verdict below it. Source: tender R02–R04. */
export const ReviewBody = ({ showWhole }: { showWhole: () => void }) => {
  const { view, looking } = useOpenCase();
  const { show } = looking;
  // Only when the page opens: later the reviewer's own choice stands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const first = firstToLookAt(view);
    if (first) show(first.photoId, first.box);
  }, []);
  return (
    <div className={styles.review}>
      <CaseHeader>
        <Button onClick={showWhole}>案卷全貌</Button>
      </CaseHeader>
      <CaseStages />
      <div className={styles.halves}>
        <div className={styles.left}>
          <FileViewer
            files={viewedFiles(view, judgedSections(view.state))}
            openId={looking.photoId}
            onOpen={(id) => looking.show(id)}
            focus={looking.focus}
          />
        </div>
        <div className={styles.right}>
          <RightHalf />
          <ReviewActions />
        </div>
      </div>
    </div>
  );
};
