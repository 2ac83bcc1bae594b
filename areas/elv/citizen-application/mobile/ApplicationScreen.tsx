import { type ReactNode, useRef, useState } from 'react';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import { ConfirmStep } from './ConfirmStep.tsx';
import styles from './citizen.module.css';
import { citizenSteps } from './citizen-api.ts';
import { citizenPaths, type FillingStep, fillingSteps, stepOf, stepTitles } from './citizen-paths.ts';
import { EnterpriseStep, MaterialsStep, PersonStep, VehicleStep } from './FillingScreens.tsx';
import { StandingScreen } from './StandingScreen.tsx';
import { type OpenApplication, useApplication } from './use-application.ts';

const Foot = ({
  open,
  step,
  onSubmit,
}: {
  readonly open: OpenApplication;
  readonly step: FillingStep;
  readonly onSubmit: () => void;
}) => {
  const { view, busy } = open;
  const next = fillingSteps[fillingSteps.indexOf(step) + 1];
  const lacking = view.missing.filter(({ path }) => stepOf(path) === step).length;
  if (next === undefined)
    return (
      <PhoneButton tone="primary" busy={busy === 'submit'} onPress={onSubmit}>
        提交申请
      </PhoneButton>
    );
  return (
    <>
      {lacking > 0 && <p className={styles.second}>这一步还差 {lacking} 项，可以先往下填，提交前补齐。</p>}
      <PhoneButton tone="primary" onPress={() => goTo(citizenPaths.step(view.id, next))}>
        下一步：{stepTitles[next]}
      </PhoneButton>
    </>
  );
};

const Filling = ({ open, step }: { readonly open: OpenApplication; readonly step: FillingStep }) => {
  const { view, trouble, act } = open;
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  // What is agreed to on the way need not be agreed to again at the end.
  const given = new Set([...agreed, ...view.consents.filter(({ agreedAt }) => agreedAt !== null).map(({ id }) => id)]);
  const submitting = useRef(false);
  const submit = async (): Promise<void> => {
    if (submitting.current) return;
    submitting.current = true;
    const consents = view.consents.filter(({ id }) => given.has(id)).map(({ id, version }) => ({ id, version }));
    const done = await act('submit', ({ id, version }) => citizenSteps.submit({ id, version, input: { consents } }));
    submitting.current = false;
    if (done) goTo(citizenPaths.application(view.id), true);
    else window.scrollTo(0, 0);
  };
  const agree = (id: string, yes: boolean): void =>
    setAgreed((before) => new Set(yes ? [...before, id] : [...before].filter((one) => one !== id)));
  const steps: Readonly<Record<FillingStep, ReactNode>> = {
    vehicle: <VehicleStep open={open} />,
    person: <PersonStep open={open} />,
    materials: <MaterialsStep open={open} />,
    enterprise: <EnterpriseStep open={open} />,
    confirm: <ConfirmStep open={open} agreed={given} onAgree={agree} />,
  };
  return (
    <Screen
      title={stepTitles[step]}
      up={citizenPaths.application(view.id)}
      side={
        <span className={styles.second}>
          {fillingSteps.indexOf(step) + 1}/{fillingSteps.length}
        </span>
      }
      foot={<Foot open={open} step={step} onSubmit={() => void submit()} />}
    >
      {trouble !== '' && (
        <Told tone="danger" alert>
          {trouble}
        </Told>
      )}
      {steps[step]}
    </Screen>
  );
};

/** One's own application: to fill in, or to follow. */
export const ApplicationScreen = ({ id, step }: { readonly id: string; readonly step: FillingStep | null }) => {
  const { open, trouble } = useApplication(id);
  if (!open)
    return (
      <Screen title="报废申请" up={citizenPaths.home}>
        {trouble === '' ? <p role="status">正在打开……</p> : <Told tone="danger">{trouble}</Told>}
      </Screen>
    );
  return step !== null && open.view.editable ? <Filling open={open} step={step} /> : <StandingScreen open={open} />;
};
