import SearchOutlined from '@ant-design/icons/SearchOutlined';
import { Input } from 'antd';
import { useEffect, useState } from 'react';

/** How long after the last key the list is asked again, in ms: long enough not to ask for each letter. */
const typingPause = 300;

/** The text by which a list is searched; the list is asked when typing pauses. `what` names what is searched, in words. */
export const TextFilter = ({
  q,
  what,
  width = 380,
  least = 2,
  onChange,
}: {
  q: string | undefined;
  what: string;
  /** At most so wide, in px. */
  width?: number;
  /** Fewer letters are no search yet. */
  least?: number;
  onChange: (next: { readonly q: string | undefined }) => void;
}) => {
  const [text, setText] = useState(q ?? '');
  useEffect(() => setText(q ?? ''), [q]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === (q ?? '') || (wanted !== '' && wanted.length < least)) return;
    const timer = setTimeout(() => onChange({ q: wanted === '' ? undefined : wanted }), typingPause);
    return () => clearTimeout(timer);
  }, [text, q, least, onChange]);
  return (
    <Input
      style={{ flex: '1 1 240px', maxWidth: width }}
      aria-label={`按${what}查找`}
      placeholder={what}
      prefix={<SearchOutlined aria-hidden />}
      allowClear
      maxLength={60}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
};
