import { useState } from 'react';
import styles from './file-viewer.module.css';
import { type Box, focusedOn, placeOf, type Size } from './zoom.ts';

/** The part of a photograph where a value stands, enlarged, with the place marked. Without a box the whole photograph is shown. */
export const BoxZoom = ({
  address,
  title,
  box,
  frame,
}: {
  address: string;
  title: string;
  box: Box | null;
  frame: Size;
}) => {
  const [picture, setPicture] = useState<Size | null>(null);
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  const lie = picture && focusedOn(box ?? whole, picture, frame);
  const place = picture && lie && box && placeOf(box, lie, picture, frame);
  return (
    <span className={styles.zoom} style={frame}>
      <img
        src={address}
        alt={title}
        className={styles.picture}
        onLoad={({ currentTarget }) =>
          setPicture({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
        }
        style={
          picture && lie
            ? {
                width: picture.width,
                height: picture.height,
                transform: `translate(-50%, -50%) translate(${lie.x}px, ${lie.y}px) scale(${lie.scale})`,
              }
            : { visibility: 'hidden' }
        }
      />
      {place && <span className={styles.place} style={place} aria-hidden />}
    </span>
  );
};
