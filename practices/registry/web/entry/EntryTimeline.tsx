import { anchorOf } from '#web-kit/jump.ts';
import { Timeline } from '#web-kit/Timeline.tsx';
import styles from './entry.module.css';
import { useOpenEntry } from './entry-context.tsx';

/** Everything that was ever done with the entry: who, when, why, and what was changed. */
export const EntryTimeline = () => {
  const { registry, view } = useOpenEntry();
  const { besideStep } = registry.extras;
  return (
    <section className={styles.section} id={anchorOf('timeline')} aria-labelledby="title-timeline">
      <div className={styles.sectionHead}>
        <h2 id="title-timeline">办理与变更记录</h2>
      </div>
      <div className={styles.sectionBody}>
        {view.timeline.length === 0 ? (
          <p className={styles.quiet}>还没有办理过；提交之后，每一步由谁、何时、改了什么都记在这里。</p>
        ) : (
          <Timeline steps={view.timeline} beside={besideStep && ((seq) => besideStep(view, seq))} />
        )}
      </div>
    </section>
  );
};
