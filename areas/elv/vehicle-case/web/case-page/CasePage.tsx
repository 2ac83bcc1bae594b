import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useState } from 'react';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import matter from '#web-kit/matter.module.css';
import type { Ability, CaseView } from '../../model/vehicle-case.views.ts';
import { CaseMissing } from './CaseMissing.tsx';
import { CaseSkeleton } from './CaseSkeleton.tsx';
import { CaseViewer } from './CaseViewer.tsx';
import { CaseProvider } from './case-context.tsx';
import { ReviewBody } from './ReviewBody.tsx';
import { isReviewer } from './reviewing.ts';
import { StepDialog } from './StepDialog.tsx';
import type { StepOutput } from './step-api.ts';
import { useCase } from './use-case.ts';
import { useLooking, useOpenCaseState } from './use-open-case.ts';
import { WholeBody } from './WholeBody.tsx';

const nameOf = (view: CaseView): string => {
  const papers = view.sections.find(({ id }) => id === 'papers')?.values;
  const plate = view.identity ? view.identity.was.plateNo : papers?.plateNo;
  return typeof plate === 'string' && plate !== '' ? plate : view.caseNo;
};

/** Says what was done and, for a reviewer, opens the next case that waits. */
const useAfterStep = (view: CaseView) => {
  const { message } = App.useApp();
  const navigate = useNavigate();
  return (ability: Ability, output: StepOutput): void => {
    const done = `${nameOf(view)} 已办“${ability.title}”，现为“${output.stateTitle}”`;
    const moves = isReviewer(view) && output.state !== view.state;
    const next = moves ? output.nextCaseId : null;
    void message.success(next ? `${done}；已打开下一件` : moves ? `${done}；没有其他等您办理的同类案卷` : done, 5);
    if (next) void navigate({ to: '/elv/vehicle-cases/$caseId', params: { caseId: next } });
  };
};

const OpenedCase = ({ view }: { view: CaseView }) => {
  const open = useOpenCaseState(view, useAfterStep(view));
  const [whole, setWhole] = useState(false);
  // The review looks at photographs in its own place; when it is left, none of them opens over the page.
  const reviewed = useLooking();
  const reviewer = isReviewer(view);
  return (
    <CaseProvider value={open}>
      {reviewer && !whole ? (
        <CaseProvider value={{ ...open, looking: reviewed }}>
          <ReviewBody showWhole={() => setWhole(true)} />
        </CaseProvider>
      ) : (
        <>
          <WholeBody showReview={reviewer ? () => setWhole(false) : null} />
          <CaseViewer />
        </>
      )}
      <StepDialog />
    </CaseProvider>
  );
};

/** One case, for whoever opens it: to fill in, to judge, or to follow. Source: tender R01–R07; shared design specification. */
export const CasePage = ({ caseId }: { caseId: string }) => {
  const { view, missing, error, retry } = useCase(caseId);
  if (view) return <OpenedCase view={view} />;
  if (missing) return <CaseMissing />;
  if (error) {
    return (
      <div className={matter.page}>
        <FailurePanel error={error} retry={retry} />
      </div>
    );
  }
  return <CaseSkeleton />;
};
