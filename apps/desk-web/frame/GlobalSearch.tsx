import SearchOutlined from '@ant-design/icons/SearchOutlined';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Input, type InputRef } from 'antd';
import { type FormEvent, type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { AreaSearch } from '#web-kit/area-web.ts';
import { isTyping } from '#web-kit/keys.ts';
import styles from './frame.module.css';

/** Focuses the search when `/` is pressed anywhere but in a field. */
const useSlash = (focus: () => void): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [focus]);
};

/** The search of the top bar: one match opens at once, several lead to the list. */
export const GlobalSearch = ({ search }: { search: AreaSearch }) => {
  const field = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [focusField] = useState(() => () => field.current?.focus({ cursor: 'all' }));
  useSlash(focusField);
  const find = useMutation({
    mutationFn: search.find,
    onSuccess: (place) => {
      field.current?.blur();
      return navigate(place);
    },
    onError: (error) => message.error(failureOf(error).message),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = text.trim();
    if (wanted.length >= 2) find.mutate(wanted);
    else if (wanted !== '') void message.info('请至少输入两个字');
  };
  const leave = (event: ReactKeyboardEvent): void => {
    if (event.key === 'Escape') field.current?.blur();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: Chromium 87 does not know <search>
    <form role="search" className={styles.search} onSubmit={submit}>
      <Input
        ref={field}
        variant="borderless"
        aria-label="搜索"
        prefix={<SearchOutlined aria-hidden />}
        suffix={<kbd className={styles.slash}>/</kbd>}
        placeholder={search.placeholder}
        maxLength={60}
        value={text}
        disabled={find.isPending}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={leave}
      />
    </form>
  );
};
