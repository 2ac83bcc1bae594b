import { useEffect, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { formatClock, formatWorkingDaysLeft } from '#web-kit/format.ts';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import { type YardSection, yardSections } from '../model/yard-section.ts';
import type { YardTask } from '../model/yard-task.contract.ts';
import { QueueBar } from './QueueBar.tsx';
import { otherObstacles, progressOf, slotsOfTask } from './task-progress.ts';
import styles from './yard.module.css';
import { useYard, useYardView } from './yard-context.ts';
import { sectionTitles, yardPaths } from './yard-words.ts';

const Card = ({ task }: { readonly task: YardTask }) => {
  const { photos, texts } = useYardView();
  const slots = slotsOfTask(task, photos);
  const { taken, of } = progressOf(slots);
  const missing = slots.filter(({ required, status }) => required && status === 'missing').map(({ title }) => title);
  const text = texts.find(({ caseId, section }) => caseId === task.caseId && section === task.section);
  const others = otherObstacles(task, text).length;
  const lacking = [
    ...(missing.length > 0 ? [`缺 ${missing.slice(0, 4).join('、')}${missing.length > 4 ? ' 等' : ''}`] : []),
    ...(others > 0 ? [`${others} 项待填`] : []),
  ].join('；');
  return (
    <li>
      <button type="button" className={styles.card} onClick={() => goTo(yardPaths.task(task.caseId))}>
        <span className={styles.cardTop}>
          <PlateMark plateNo={task.plateNo} plateTypeCode={task.plateTypeCode} size="head" />
          <span className={styles.count}>
            {taken}/{of} 张
          </span>
        </span>
        <span className={styles.cardCar}>
          {task.brandModel ?? '车型未填'}
          {task.vinTail && <span className={styles.second}> 尾号 {task.vinTail}</span>}
        </span>
        {task.returnReason !== null && (
          <Told tone="returned" inLine>
            退回：{task.returnReason}
          </Told>
        )}
        {task.held.map((words) => (
          <Told key={words} tone="returned" inLine>
            {words}
          </Told>
        ))}
        <span className={lacking === '' ? styles.ready : styles.second}>{lacking || '已拍齐，可以提交'}</span>
        {task.workingDaysLeft !== null && (
          <span className={task.overdue ? styles.late : styles.second}>
            {formatWorkingDaysLeft(task.workingDaysLeft, task.overdue)}
          </span>
        )}
      </button>
    </li>
  );
};

const fits = (task: YardTask, q: string): boolean =>
  [task.plateNo, task.vinTail, task.caseNo].some((one) => one?.toUpperCase().includes(q.toUpperCase()));

/** Tasks that fit the typed text: those on the phone at once, those the server knows beside them a moment later. */
const useFound = (q: string, kept: readonly YardTask[]): { found: readonly YardTask[]; trouble: string | null } => {
  const yard = useYard();
  const [told, setTold] = useState<{ q: string; tasks: readonly YardTask[]; trouble: string | null }>();
  useEffect(() => {
    if (q.length < 2) return;
    let over = false;
    const timer = setTimeout(() => {
      yard.search(q).then(
        (tasks) => !over && setTold({ q, tasks, trouble: null }),
        (error: unknown) => {
          const { status, message } = failureOf(error);
          if (!over) setTold({ q, tasks: [], trouble: status === 0 ? '没有网络，只查了本机已有的任务' : message });
        },
      );
    }, 400);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [q, yard]);
  if (q === '') return { found: kept, trouble: null };
  const here = kept.filter((task) => fits(task, q));
  const more = told?.q === q ? told.tasks.filter(({ caseId }) => !here.some((one) => one.caseId === caseId)) : [];
  return { found: [...here, ...more], trouble: told?.q === q ? told.trouble : null };
};

const Empty = ({ section, known }: { readonly section: YardSection; readonly known: boolean }) => (
  <p className={styles.empty}>
    {known
      ? `没有待${sectionTitles[section]}的车辆。车辆到了这一步会自动出现在这里。`
      : '还没有任务。连上网络后会自动取得本企业待办的车辆。'}
  </p>
);

/** What waits for my yard, by what is to be done. Source: tender R03, R04. */
export const TaskList = () => {
  const yard = useYard();
  const { tasks, reached } = useYardView();
  const [chosen, setChosen] = useState<YardSection>();
  const [typed, setTyped] = useState('');
  const { found, trouble } = useFound(typed.trim(), tasks?.tasks ?? []);
  const first = yardSections.find((section) => (tasks?.totals[section] ?? 0) > 0) ?? 'tow';
  const section = chosen ?? first;
  const searching = typed.trim() !== '';
  const shown = searching ? found : found.filter((task) => task.section === section);
  const total = tasks?.totals[section] ?? 0;
  return (
    <Screen
      title="现场采集"
      side={
        <button type="button" className={styles.meButton} onClick={() => goTo(yardPaths.me)}>
          {yard.view().person.name}
        </button>
      }
    >
      <QueueBar />
      <input
        className={styles.search}
        type="search"
        enterKeyHint="search"
        aria-label="按号牌查找"
        placeholder="号牌、案卷编号或车架号后六位"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {!searching && (
        <div className={styles.tabs} role="tablist" aria-label="环节">
          {yardSections.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={one === section}
              className={styles.tab}
              onClick={() => setChosen(one)}
            >
              {sectionTitles[one]} <b>{tasks?.totals[one] ?? 0}</b>
            </button>
          ))}
        </div>
      )}
      {trouble && <p className={styles.second}>{trouble}</p>}
      <ul className={styles.cards}>
        {shown.map((task) => (
          <Card key={task.caseId} task={task} />
        ))}
      </ul>
      {shown.length === 0 &&
        (searching ? (
          <p className={styles.empty}>没有找到“{typed}”的任务。</p>
        ) : (
          <Empty section={section} known={tasks !== undefined} />
        ))}
      {!searching && total > shown.length && shown.length > 0 && (
        <p className={styles.second}>
          共 {total} 辆，先列等得最久的 {shown.length} 辆；其余请按号牌查找。
        </p>
      )}
      {tasks && !reached && (
        <p className={styles.second}>以上为 {formatClock(new Date(tasks.toldAt).toISOString())} 取得的任务。</p>
      )}
    </Screen>
  );
};
