import { Button } from 'antd';
import type { Unsaved } from '#web-kit/autosave-queue.ts';
import { fieldText } from '#web-kit/field-text.ts';
import { MatterBeside } from '#web-kit/matter-beside.tsx';
import { sections } from '../../model/vehicle-case.fields.ts';
import { vehicleCase } from '../../model/vehicle-case.lifecycle.ts';
import type { CaseView, SectionId } from '../../model/vehicle-case.views.ts';
import { AssertedIdentity } from './AssertedIdentity.tsx';
import { Banner } from './Banner.tsx';
import styles from './banners.module.css';
import { useOpenCase } from './case-context.tsx';

const Problems = () => {
  const { steps, jump } = useOpenCase();
  const { trouble, asked } = steps;
  if (!trouble || asked) return null;
  const { failure, ability, meanwhile } = trouble;
  return (
    <Banner tone="danger" title={`“${ability.title}”没有办成：${failure.message}`}>
      <ul className={styles.list}>
        {failure.problems
          .filter(({ message }) => message !== failure.message)
          .map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path === '' ? (
                message
              ) : (
                <button type="button" className={styles.link} onClick={() => jump(path)}>
                  {message}
                </button>
              )}
            </li>
          ))}
        {meanwhile.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Button size="small" onClick={steps.forget}>
        知道了
      </Button>
    </Banner>
  );
};

const Stranded = ({ one }: { one: Unsaved }) => {
  const { saver } = useOpenCase();
  // Only this page's sections are typed into.
  const field = sections[one.section as SectionId].fields[one.field];
  return (
    <li>
      {field?.title ?? one.field}：<strong>{field ? fieldText(field, one.now) : String(one.now)}</strong>
      {one.message && <span>（{one.message}）</span>}
      <button type="button" className={styles.link} onClick={() => saver.drop(`${one.section}.${one.field}`)}>
        不要了
      </button>
    </li>
  );
};

/** What was typed into a section that can no longer be changed: kept in sight until the person has taken note of it. */
const StrandedTyping = () => {
  const { view, save } = useOpenCase();
  const closed = new Set<string>(view.sections.filter(({ editable }) => !editable).map(({ id }) => id));
  const stranded = Object.values(save.queue).filter(({ section, state }) => closed.has(section) && state !== 'sending');
  if (stranded.length === 0) return null;
  return (
    <Banner tone="danger" title="以下填写内容没有保存，因为案卷已不能修改这些部分：">
      <ul className={styles.list}>
        {stranded.map((one) => (
          <Stranded key={`${one.section}.${one.field}`} one={one} />
        ))}
      </ul>
    </Banner>
  );
};

/** The withdrawal itself stands at the top and says more than its hold. */
const toldAbove: keyof typeof vehicleCase.holds = 'withdrawal';

/** Whose words stand as the reason. */
const whoseReason = ({ state, stateKind, identity }: CaseView): string => {
  if (stateKind === 'final') return '终止原因';
  if (identity?.notTakenBack && state === 'identityReview') return '未撤回原上报的原因';
  return identity?.finding === 'rejected' && state !== 'identityCorrecting' ? '认定错拆的理由' : '退回原因';
};

/** Holds, the reason of the last return, refused steps and stranded typing, in the order they matter. */
export const CaseBanners = () => {
  const { view } = useOpenCase();
  return (
    <>
      <Problems />
      <StrandedTyping />
      <MatterBeside kind={vehicleCase.id} place="top" id={view.id} version={view.version} />
      {view.holds
        .filter(({ code }) => code !== toldAbove)
        .map(({ code, title }) => (
          <Banner key={code} tone="danger" title={title} />
        ))}
      <AssertedIdentity />
      {view.returnReason && (
        <Banner tone="returned" title={`${whoseReason(view)}：`}>
          <span className={styles.words}>{view.returnReason}</span>
        </Banner>
      )}
    </>
  );
};
