import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Sheet } from '#web-kit/phone/Sheet.tsx';
import type { YardTask } from '../model/yard-task.contract.ts';
import styles from './form.module.css';
import { obstaclesTo, slotsOfTask } from './task-progress.ts';
import { handIn } from './yard-api.ts';
import { useYard, useYardView } from './yard-context.ts';
import type { WaitingText } from './yard-shelf.ts';
import { yardPaths } from './yard-words.ts';

/** One press, one key: pressed again after a lost answer, the step is taken once. */
const useHandIn = (task: YardTask) => {
  const yard = useYard();
  const [key] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const act = async (): Promise<void> => {
    setBusy(true);
    setRefused([]);
    try {
      await handIn(task, key);
      void yard.refresh();
      goTo(yardPaths.tasks, true);
    } catch (error) {
      const { message, problems } = failureOf(error);
      setRefused(problems.length > 0 ? problems.map((one) => one.message) : [message]);
      // What stands now is what the next press is about.
      await yard.refreshTask(task.caseId).catch(() => undefined);
      setBusy(false);
    }
  };
  return { busy, refused, act };
};

/** Handing in, or what still stands in its way, in words. */
export const SubmitFoot = ({ task, text }: { readonly task: YardTask; readonly text: WaitingText | undefined }) => {
  const { photos, reached } = useYardView();
  const [asking, setAsking] = useState(false);
  const { busy, refused, act } = useHandIn(task);
  const obstacles = obstaclesTo(task, slotsOfTask(task, photos), text, reached);
  const told = refused.length > 0 ? refused : obstacles;
  return (
    <>
      {told.length > 0 && (
        <ul className={styles.obstacles} aria-label="还缺什么" role={refused.length > 0 ? 'alert' : undefined}>
          {told.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <PhoneButton tone="primary" busy={busy} disabled={obstacles.length > 0} onPress={() => setAsking(true)}>
        {task.step.title}
      </PhoneButton>
      {asking && (
        <Sheet
          title={task.step.title}
          foot={
            <>
              <PhoneButton
                tone="primary"
                onPress={() => {
                  setAsking(false);
                  void act();
                }}
              >
                {task.step.title}
              </PhoneButton>
              <PhoneButton onPress={() => setAsking(false)}>再看看</PhoneButton>
            </>
          }
        >
          <p>{task.step.consequence ?? '提交后由商务委审核。'}</p>
        </Sheet>
      )}
    </>
  );
};
