import { Popover } from 'antd';
import { BoxZoom } from './BoxZoom.tsx';
import { doubtfulBelow, type Reading } from './form-field.ts';
import styles from './schema-form.module.css';

const frame = { width: 420, height: 150 };

/** The mark of a field read from a photograph: how sure, or that something else stands in it, amber when it should be looked at; hovering shows the place. */
export const ReadingMark = ({
  reading,
  differs,
  title,
  address,
}: {
  reading: Reading;
  differs: boolean;
  title: string;
  address: string;
}) => {
  const percent = Math.round(reading.confidence * 100);
  const doubtful = differs || reading.confidence < doubtfulBelow;
  const words = differs ? '与识别不同' : doubtful ? `识别 ${percent}%，请核对` : `识别 ${percent}%`;
  return (
    <Popover
      trigger={['hover', 'focus', 'click']}
      placement="topRight"
      destroyOnHidden
      title={`照片上的${title}`}
      content={<BoxZoom address={address} title={`${title}在照片上的位置`} box={reading.box} frame={frame} />}
    >
      <button type="button" className={`${styles.reading} ${doubtful ? styles.doubtful : ''}`}>
        {words}
      </button>
    </Popover>
  );
};
