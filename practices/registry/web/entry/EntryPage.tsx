import { useNavigate } from '@tanstack/react-router';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { EmptyState } from '#web-kit/EmptyState.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import matter from '#web-kit/matter.module.css';
import { needsLook } from '../../model/entry-comparison.ts';
import type { EntryAbility, EntryView } from '../../model/registry.views.ts';
import type { RegistryWeb } from '../registry-web.ts';
import { AbilityPanel, StepDialog } from './EntryAbilities.tsx';
import { EntryBanners } from './EntryBanners.tsx';
import { EntryComparison } from './EntryComparison.tsx';
import { EntryFiles, EntryViewer } from './EntryFiles.tsx';
import { EntryHeader } from './EntryHeader.tsx';
import { EntryReview } from './EntryReview.tsx';
import { EntrySections } from './EntrySections.tsx';
import { EntryTimeline } from './EntryTimeline.tsx';
import { EntryProvider, type OpenEntry } from './entry-context.tsx';
import { isReviewer } from './entry-words.ts';
import { RegisterPanel } from './RegisterPanel.tsx';
import { useEntry } from './use-entry.ts';
import { useEntryAutosave } from './use-entry-autosave.ts';
import { type StepOutput, useEntrySteps } from './use-entry-steps.ts';
import { useEntryUploads } from './use-entry-uploads.ts';

/** Says what was done and, for a reviewer, opens the next entry that waits. */
const useAfterStep = (registry: RegistryWeb, view: EntryView) => {
  const { message } = App.useApp();
  const navigate = useNavigate();
  return (ability: EntryAbility, { stateTitle, nextId }: StepOutput): void => {
    const done = `${view.organisation.name} 已办“${ability.title}”，现为“${stateTitle}”`;
    void message.success(nextId ? `${done}；已打开下一件` : done, 5);
    if (nextId) void navigate(registry.places.entry(nextId));
  };
};

const valuesOf = (view: EntryView): OpenEntry['opened'] =>
  Object.fromEntries(view.sections.map(({ id, values }) => [id, values]));

const useOpenEntryState = (registry: RegistryWeb, view: EntryView): OpenEntry => {
  const { saver, save } = useEntryAutosave(registry, view.id);
  const steps = useEntrySteps(registry, view, saver, useAfterStep(registry, view));
  const [lookedAt, look] = useState<string | null>(null);
  const { uploads, act } = useEntryUploads(registry, view.id, look);
  const [opened] = useState(() => valuesOf(view));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  return {
    registry,
    view,
    saver,
    save,
    steps,
    uploads,
    files: act,
    lookedAt,
    look,
    opened,
    left,
    leave: (path) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    tried,
    tryNow: () => setTried(true),
  };
};

const WholeBody = ({
  registry,
  view,
  showReview,
}: {
  registry: RegistryWeb;
  view: EntryView;
  showReview: (() => void) | null;
}) => {
  const { aside: Aside, besideRegister: BesideRegister } = registry.extras;
  // Filing beside what stands, or an answer that differs: else there is nothing to compare.
  const compares = view.state !== registry.flow.rest && (view.standing !== null || view.register.status === 'answered');
  return (
    <div className={matter.page}>
      <EntryHeader>{showReview && <Button onClick={showReview}>回到审核</Button>}</EntryHeader>
      <div className={matter.columns}>
        <div className={matter.main}>
          <EntryBanners />
          {(compares || view.comparison.some(needsLook)) && <EntryComparison />}
          <EntrySections />
          <EntryFiles />
          <EntryTimeline />
        </div>
        <aside className={matter.side} aria-label="办理">
          <AbilityPanel />
          {Aside && <Aside view={view} />}
          <RegisterPanel />
          {BesideRegister && <BesideRegister view={view} />}
        </aside>
      </div>
    </div>
  );
};

const Opened = ({ registry, view }: { registry: RegistryWeb; view: EntryView }) => {
  const open = useOpenEntryState(registry, view);
  const [whole, setWhole] = useState(false);
  const reviewer = isReviewer(registry.flow, view.abilities);
  return (
    <EntryProvider value={open}>
      {reviewer && !whole ? (
        <EntryReview showWhole={() => setWhole(true)} />
      ) : (
        <>
          <WholeBody registry={registry} view={view} showReview={reviewer ? () => setWhole(false) : null} />
          <EntryViewer />
        </>
      )}
      <StepDialog />
    </EntryProvider>
  );
};

const Missing = ({ registry }: { registry: RegistryWeb }) => {
  const navigate = useNavigate();
  return (
    <div className={matter.page}>
      <EmptyState
        page
        title="没有找到这家企业的登记"
        action={<Button onClick={() => void navigate(registry.places.list({}))}>查看{registry.profile.title}</Button>}
      >
        登记可能不存在，或不在您的权限范围内。请核对地址，或在列表中按单位名称、统一社会信用代码查找。
      </EmptyState>
    </div>
  );
};

/** One entry, for whoever opens it: to fill in, to judge, or to follow. Source: tender R49. */
export const EntryPage = ({ registry, id }: { registry: RegistryWeb; id: string }) => {
  const { view, missing, error, retry } = useEntry(registry, id);
  if (view) return <Opened registry={registry} view={view} />;
  if (missing) return <Missing registry={registry} />;
  return (
    <div className={matter.page}>
      {error ? (
        <FailurePanel error={error} retry={retry} />
      ) : (
        <div role="status" aria-busy="true" aria-label="正在打开登记信息">
          <Skeleton active paragraph={{ rows: 12 }} />
        </div>
      )}
    </div>
  );
};
