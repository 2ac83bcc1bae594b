import { type ReactNode, useState } from 'react';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import type { YardTask } from '../model/yard-task.contract.ts';
import { type Aim, openCamera } from './camera.ts';
import { usePlace } from './place.ts';
import { QueueBar } from './QueueBar.tsx';
import { SlotPicture } from './SlotPicture.tsx';
import { SlotStrip } from './SlotStrip.tsx';
import { shotOf } from './shot.ts';
import { nextMissing, progressOf, type SlotView, slotsOfTask } from './task-progress.ts';
import { useTask } from './use-task.tsx';
import styles from './yard.module.css';
import { useYard, useYardView } from './yard-context.ts';
import { sectionTitles, yardPaths } from './yard-words.ts';

const Notices = ({ task, slot }: { readonly task: YardTask; readonly slot: SlotView }) => {
  const { reached } = useYardView();
  return (
    <>
      {task.returnReason !== null && <Told tone="returned">退回原因：{task.returnReason}</Told>}
      {task.held.map((words) => (
        <Told key={words} tone="returned">
          {words}
        </Told>
      ))}
      {slot.part === 'tow-slip' && !reached && (
        <Told tone="returned">交车时间以拖车单送到服务器的时间为准，请尽快连上网络。</Told>
      )}
    </>
  );
};

const CameraSign = () => (
  <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden fill="none" stroke="currentColor" strokeWidth="2">
    <path d="M3 8h4l2-3h6l2 3h4v11H3z" strokeLinejoin="round" />
    <circle cx="12" cy="13" r="3.6" />
  </svg>
);

/** The camera, one tap away. */
const Shutter = ({
  children,
  large = false,
  onPress,
}: {
  readonly children: ReactNode;
  readonly large?: boolean;
  readonly onPress: () => void;
}) => (
  <button type="button" className={`${styles.shutter} ${large ? styles.shutterLarge : ''}`} onClick={onPress}>
    <CameraSign />
    {children}
  </button>
);

/** The camera for this place and for the next, and what else may be done here. */
const Foot = ({
  task,
  slots,
  slot,
  open,
}: {
  readonly task: YardTask;
  readonly slots: readonly SlotView[];
  readonly slot: SlotView;
  readonly open: (aim: Aim) => void;
}) => {
  const next = nextMissing(slots, slot.part);
  const newest = slot.here.at(-1)?.id ?? slot.there.at(-1)?.id;
  if (newest === undefined)
    return (
      <Shutter large onPress={() => open({ part: slot.part, instead: undefined })}>
        拍{slot.title}
      </Shutter>
    );
  return (
    <>
      {next ? (
        <Shutter large onPress={() => open({ part: next.part, instead: undefined })}>
          拍下一张：{next.title}
        </Shutter>
      ) : (
        <PhoneButton tone="primary" onPress={() => goTo(yardPaths.form(task.caseId))}>
          填写并提交{sectionTitles[task.section]}信息
        </PhoneButton>
      )}
      <div className={styles.pair}>
        <Shutter onPress={() => open({ part: slot.part, instead: newest })}>重拍</Shutter>
        {slot.many && <Shutter onPress={() => open({ part: slot.part, instead: undefined })}>再拍一张</Shutter>}
      </div>
    </>
  );
};

const notKept = '照片没有存下来：本机空间不足或浏览器不允许保存。请清理空间后重拍，先不要离开这辆车。';

const Capture = ({ task }: { readonly task: YardTask }) => {
  const yard = useYard();
  const place = usePlace();
  const { photos } = useYardView();
  const slots = slotsOfTask(task, photos);
  const [chosen, setChosen] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const open = ({ part, instead }: Aim): void =>
    openCamera((file) => {
      setChosen(part);
      setTrouble(undefined);
      shotOf(file, place(), Date.now())
        .then((shot) => yard.take(task, part, shot, instead))
        .catch(() => setTrouble(notKept));
    });
  const slot = slots.find(({ part }) => part === chosen) ?? nextMissing(slots) ?? slots[0];
  if (!slot) return null;
  const { taken, of } = progressOf(slots);
  return (
    <Screen
      up={yardPaths.tasks}
      title={<PlateMark plateNo={task.plateNo} plateTypeCode={task.plateTypeCode} size="head" />}
      side={
        <span className={styles.count}>
          {taken}/{of} 张
        </span>
      }
      foot={<Foot task={task} slots={slots} slot={slot} open={open} />}
    >
      <QueueBar />
      <Notices task={task} slot={slot} />
      {trouble && (
        <Told tone="danger" alert>
          {trouble}
        </Told>
      )}
      <section aria-label={slot.title} className={styles.slot}>
        <h2 className={styles.slotTitle}>
          {slot.title}
          {!slot.required && <small> 可不拍</small>}
        </h2>
        <p className={styles.second}>{slot.hint}</p>
        <SlotPicture caseId={task.caseId} caseNo={task.caseNo} slot={slot} />
      </section>
      <SlotStrip slots={slots} chosen={slot.part} onChoose={setChosen} />
      <PhoneButton tone="quiet" onPress={() => goTo(yardPaths.form(task.caseId))}>
        {sectionTitles[task.section]}信息与提交
      </PhoneButton>
    </Screen>
  );
};

/** One vehicle: the next missing photograph, and the camera one tap away. Source: tender R03, R04. */
export const CaptureScreen = ({ caseId }: { readonly caseId: string }) => {
  const { task, absent } = useTask(caseId);
  return task ? <Capture key={`${caseId}/${task.section}`} task={task} /> : absent;
};
