import { Popover } from 'antd';
import { useState } from 'react';
import type { SpecialDayView } from '../model/working-time.contract.ts';
import { DayEditor } from './DayEditor.tsx';
import { type CalendarDay, dayInWords, isWorked, monthDays } from './month-days.ts';
import styles from './working-time.module.css';

const Day = ({ one, editable }: { one: CalendarDay; editable: boolean }) => {
  const [open, setOpen] = useState(false);
  const words = dayInWords(one);
  const button = (
    <button
      type="button"
      className={styles.day}
      style={{ gridColumnStart: one.weekday + 1 }}
      data-worked={isWorked(one)}
      data-special={one.special !== undefined}
      data-assumed={one.special?.assumed ?? false}
      title={words}
      aria-label={words}
      disabled={!editable}
    >
      {one.number}
      {one.special && <span className={styles.sign}>{one.special.kind === 'holiday' ? '休' : '班'}</span>}
    </button>
  );
  if (!editable) return button;
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      open={open}
      onOpenChange={setOpen}
      title={words}
      content={<DayEditor one={one} onDone={() => setOpen(false)} />}
    >
      {button}
    </Popover>
  );
};

/** A month of the calendar: each day a button that says what it is and opens its editor. */
export const Month = ({
  year,
  month,
  special,
  editable,
}: {
  year: number;
  month: number;
  special: ReadonlyMap<string, SpecialDayView>;
  editable: boolean;
}) => {
  const days = monthDays(year, month, special);
  return (
    <section className={styles.month} aria-label={`${year} 年 ${month} 月`}>
      <h2 className={styles.monthTitle}>
        {month} 月<span className={styles.second}>工作日 {days.filter(isWorked).length} 天</span>
      </h2>
      <div className={styles.days}>
        {[...'一二三四五六日'].map((weekday) => (
          <span key={weekday} className={styles.weekday} aria-hidden="true">
            {weekday}
          </span>
        ))}
        {days.map((one) => (
          <Day key={one.day} one={one} editable={editable} />
        ))}
      </div>
    </section>
  );
};
