import { differingCharacters } from '#practices/comparison/model/compare-values.ts';
import { overlaid } from '#web-kit/autosave-queue.ts';
import { DiffText } from '#web-kit/DiffText.tsx';
import { assertedSections } from '../../model/vehicle-case.record.ts';
import type { AssertedView, CaseView, SectionId } from '../../model/vehicle-case.views.ts';
import styles from './asserted.module.css';
import { Banner } from './Banner.tsx';
import { useOpenCase } from './case-context.tsx';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const titleOf = ({ stateKind }: CaseView): string =>
  stateKind === 'final' ? '错拆终止：拆解的不是受理时登记的车辆' : '企业申请更正车辆身份，确认之前对外仍为受理时的登记';

/** What has been found so far, and what comes of it. */
const standingOf = ({ state, certificate }: CaseView, { finding, notTakenBack }: AssertedView): string => {
  const printed = certificate ? '原回收证明暂不能打印；' : '';
  const refused = notTakenBack ? '全国系统没有撤回原上报；' : '';
  switch (state) {
    case 'identityCorrecting':
      return `${printed}企业更正车证、所有人、代理人信息并上传证明照片后提交，由车管复核、商务委确认；不再更正的可以放弃，恢复受理时的内容。`;
    case 'identityReview':
      if (notTakenBack && finding === 'rejected')
        return `${refused}${printed}商务委可以终止案卷，原上报由人工与全国系统处理；车管也可以重新复核。`;
      return notTakenBack
        ? `${refused}${printed}车管重新复核；商务委也可以不予更正，恢复原身份。`
        : `${printed}车管对照公安档案复核，同意或认定错拆后交商务委决定。`;
    case 'identityConfirming':
      return finding === 'rejected'
        ? `${refused}${printed}车管认定拆解的不是申报车辆，由商务委决定是否终止。`
        : `${refused}${printed}车管已同意更正，由商务委确认；确认后撤回原上报，按更正后的车辆从拆解采集重新办理。`;
    case 'identityTakingBack':
      return finding === 'rejected'
        ? `${printed}商务委已认定错拆，等待全国系统撤回原上报，撤回后案卷终止。`
        : `${printed}商务委已确认更正，等待全国系统撤回原上报，撤回后按更正后的车辆从拆解采集重新办理。`;
    default:
      return '不出具回收证明；受理时登记的车辆可以另行受理。';
  }
};

const Sides = ({ title, was, asserted }: { title: string; was: string; asserted: string }) => {
  const { entered, outside } = differingCharacters(was, asserted);
  return (
    <tr>
      <th scope="row">{title}</th>
      <td data-side="受理时登记">{was === '' ? '无' : <DiffText text={was} ranges={entered} />}</td>
      <td data-side="申请更正为">
        {asserted === was ? '未改' : asserted === '' ? '无' : <DiffText text={asserted} ranges={outside} />}
      </td>
    </tr>
  );
};

const mayDiffer: readonly SectionId[] = assertedSections;

/** Beside the title of what may say something else than was accepted. */
export const AssertedTag = ({ section }: { section: SectionId }) => {
  const { view } = useOpenCase();
  return view.identity && mayDiffer.includes(section) ? <span className={styles.tag}>申请更正的内容</span> : null;
};

/** As what the vehicle was accepted, as what it is asserted, and what follows: nobody should have to find that out of the papers. Source: ADR 0053. */
export const AssertedIdentity = () => {
  const { view, save } = useOpenCase();
  const { identity } = view;
  if (!identity) return null;
  const papers = overlaid(view.sections.find(({ id }) => id === 'papers')?.values ?? {}, save.queue, 'papers');
  return (
    <Banner tone="returned" title={titleOf(view)}>
      <table className={styles.sides}>
        <thead>
          <tr>
            <td />
            <th scope="col">受理时登记</th>
            <th scope="col">申请更正为</th>
          </tr>
        </thead>
        <tbody>
          <Sides title="号牌号码" was={text(identity.was.plateNo)} asserted={text(papers.plateNo)} />
          <Sides title="车辆识别代号" was={text(identity.was.vin)} asserted={text(papers.vin)} />
        </tbody>
      </table>
      <p className={styles.words}>申请原因：{identity.reason}</p>
      <p>{standingOf(view, identity)}</p>
    </Banner>
  );
};
