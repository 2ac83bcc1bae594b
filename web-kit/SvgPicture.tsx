import { useEffect, useState } from 'react';

/** A picture that came as SVG text. Shown as an image, so that nothing inside it can run. */
export const SvgPicture = ({
  svg,
  title,
  width,
  height,
}: {
  svg: string;
  title: string;
  width: number;
  height: number;
}) => {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return <img src={address} alt={title} width={width} height={height} />;
};
