import { type ReactNode, useEffect, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import type { YardTask } from '../model/yard-task.contract.ts';
import { QueueBar } from './QueueBar.tsx';
import styles from './yard.module.css';
import { useYard, useYardView } from './yard-context.ts';
import { yardPaths } from './yard-words.ts';

/** Why a task cannot be shown, for a person who expected it. */
const Absent = ({ words }: { readonly words: string }) => (
  <Screen up={yardPaths.tasks} title="现场采集">
    <QueueBar />
    <p className={styles.empty}>{words}</p>
    <PhoneButton onPress={() => goTo(yardPaths.tasks, true)}>返回任务列表</PhoneButton>
  </Screen>
);

/** The task of an address: what the phone has at once, what the server says a moment later. `absent` is shown where there is none. */
export const useTask = (caseId: string): { readonly task: YardTask | undefined; readonly absent: ReactNode } => {
  const yard = useYard();
  const { tasks } = useYardView();
  const [words, setWords] = useState('正在取得任务……');
  useEffect(() => {
    yard.refreshTask(caseId).then(
      () => setWords('这辆车已不在等待现场采集：可能已经提交，或由同事办理。'),
      (error: unknown) => setWords(failureOf(error).message),
    );
  }, [yard, caseId]);
  return { task: tasks?.tasks.find((one) => one.caseId === caseId), absent: <Absent words={words} /> };
};
