import { type PointerEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Box, fitted, focusedOn, kept, type Lie, type Size, type Turn, turned, zoomedAt } from './zoom.ts';

/** A place to bring into sight; a new object brings it again. */
export interface Focus {
  readonly fileId: string;
  readonly box: Box;
}

/** A photograph in its frame, and what can be done with it. */
export interface Picture {
  readonly frameRef: RefObject<HTMLDivElement | null>;
  readonly frame: Size;
  readonly picture: Size | null;
  readonly lie: Lie | null;
  readonly loaded: (picture: Size) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly turn: (by: 90 | -90) => void;
  readonly drag: {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: () => void;
  };
}

const noSize: Size = { width: 0, height: 0 };

const useFrame = (): [RefObject<HTMLDivElement | null>, Size] => {
  const ref = useRef<HTMLDivElement | null>(null);
  const [frame, setFrame] = useState(noSize);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setFrame({ width: element.clientWidth, height: element.clientHeight }));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return [ref, frame];
};

const useWheel = (
  ref: RefObject<HTMLDivElement | null>,
  zoomAt: (factor: number, x: number, y: number) => void,
): void => {
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top, width, height } = element.getBoundingClientRect();
      zoomAt(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - left - width / 2, event.clientY - top - height / 2);
    };
    // React's own wheel listener is passive and could not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, zoomAt]);
};

const useDrag = (move: (dx: number, dy: number) => void): Picture['drag'] => {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event) => {
      if (!from.current) return;
      move(event.clientX - from.current.x, event.clientY - from.current.y);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => {
      from.current = null;
    },
  };
};

/** Keeps one photograph in a frame: whole at first or at the focus, then wherever the person moves, zooms and turns it. */
export const usePicture = (fileId: string | undefined, focus: Focus | null): Picture => {
  const [frameRef, frame] = useFrame();
  const [known, setKnown] = useState<{ readonly id: string | undefined; readonly size: Size } | null>(null);
  const [lie, setLie] = useState<Lie | null>(null);
  const picture = known?.id === fileId ? (known?.size ?? null) : null;
  const box = focus && focus.fileId === fileId ? focus.box : null;

  // The turn is kept when a focus arrives: a photograph taken sideways stays upright.
  const turnRef = useRef<Turn>(0);
  turnRef.current = lie?.turn ?? 0;
  useLayoutEffect(() => {
    if (!picture || frame.width === 0) setLie(null);
    else setLie(box ? focusedOn(box, picture, frame, turnRef.current) : fitted(picture, frame, turnRef.current));
  }, [picture, frame, box]);

  const change = useCallback(
    (next: (lie: Lie, picture: Size) => Lie) =>
      setLie((before) => (before && picture ? next(before, picture) : before)),
    [picture],
  );
  const zoomAt = useCallback(
    (factor: number, x: number, y: number) => change((before, size) => zoomedAt(before, factor, { x, y }, size, frame)),
    [change, frame],
  );
  useWheel(frameRef, zoomAt);
  const drag = useDrag((dx, dy) =>
    change((before, size) => kept({ ...before, x: before.x + dx, y: before.y + dy }, size, frame)),
  );

  return {
    frameRef,
    frame,
    picture,
    lie,
    drag,
    loaded: (size) => setKnown({ id: fileId, size }),
    zoom: (factor) => zoomAt(factor, 0, 0),
    fit: () => change((before, size) => fitted(size, frame, before.turn)),
    turn: (by) => change((before, size) => turned(before, by, size, frame)),
  };
};
