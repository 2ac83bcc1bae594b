import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { Timeline } from '#web-kit/Timeline.tsx';
import { useOpenEntry } from './entry-context.tsx';

/** Everything that was ever done with the entry: who, when, why, and what was changed. */
export const EntryTimeline = () => {
  const { registry, view } = useOpenEntry();
  const { besideStep } = registry.extras;
  return (
    <section className={matter.section} id={anchorOf('timeline')} aria-labelledby="title-timeline">
      <div className={matter.sectionHead}>
        <h2 id="title-timeline">办理与变更记录</h2>
      </div>
      <div className={matter.sectionBody}>
        {view.timeline.length === 0 ? (
          <p className={matter.quiet}>还没有办理过；提交之后，每一步由谁、何时、改了什么都记在这里。</p>
        ) : (
          <Timeline steps={view.timeline} beside={besideStep && ((seq) => besideStep(view, seq))} />
        )}
      </div>
    </section>
  );
};
