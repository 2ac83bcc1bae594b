import LeftOutlined from '@ant-design/icons/LeftOutlined';
import RightOutlined from '@ant-design/icons/RightOutlined';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatDay } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { calendarYears } from '../model/working-time.contract.ts';
import { Month } from './Month.tsx';
import { calendarRoute } from './routes.tsx';
import styles from './working-time.module.css';
import { specialDaysQuery } from './working-time-api.ts';

const months = Array.from({ length: 12 }, (_, index) => index + 1);

const YearLinks = ({ year }: { year: number }) => (
  <div className={styles.years}>
    {year > calendarYears.first && (
      <Link to="/governance/calendar" search={{ year: year - 1 }} className={styles.turn} aria-label={`${year - 1} 年`}>
        <LeftOutlined aria-hidden />
      </Link>
    )}
    <strong>{year} 年</strong>
    {year < calendarYears.last && (
      <Link to="/governance/calendar" search={{ year: year + 1 }} className={styles.turn} aria-label={`${year + 1} 年`}>
        <RightOutlined aria-hidden />
      </Link>
    )}
  </div>
);

/** The calendar by which working-day periods are counted. Source: tender R44; domain 2.2. */
export const CalendarPage = () => {
  const editable = may(useSession(), 'governance.working-time:change');
  const { year = Number(formatDay(new Date().toISOString()).slice(0, 4)) } = calendarRoute.useSearch();
  const { data, error, refetch } = useQuery({ ...specialDaysQuery(year), placeholderData: keepPreviousData });
  const special = new Map(data?.map((one) => [one.day, one]));
  const assumed = data?.some((one) => one.assumed && one.day.startsWith(String(year)));
  return (
    <div className={styles.page}>
      <PageHeader
        title="工作日历"
        note="办理期限按这里的工作日计算；改动对此后起算的期限生效，已在计算的期限不变"
        actions={<YearLinks year={year} />}
      />
      {assumed && (
        <p className={styles.assumed}>
          {year} 年的放假安排尚未正式公布，虚线框的日期只按法定节日预设；公布后请逐日核对修改。
        </p>
      )}
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <div className={styles.months} aria-busy={data === undefined}>
          {months.map((month) => (
            <Month
              key={`${year}-${month}`}
              year={year}
              month={month}
              special={special}
              editable={editable && data !== undefined}
            />
          ))}
        </div>
      )}
      <p className={styles.legend}>
        <span className={styles.swatch} data-worked="true" /> 上班
        <span className={styles.swatch} data-worked="false" /> 休息
        <span className={styles.legendSign}>休</span> 节日放假
        <span className={styles.legendSign}>班</span> 调休上班
        {editable && <span className={styles.second}>点日期即可修改</span>}
      </p>
    </div>
  );
};
