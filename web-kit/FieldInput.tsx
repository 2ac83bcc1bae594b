import { DatePicker, Input, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import { useRef, useState } from 'react';
import { type InputProps, shanghaiInstant } from './form-field.ts';
import { formatMoment } from './format.ts';
import { ListInput } from './ListInput.tsx';

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/**
 * While the cursor is in the field its text is the person's own; afterwards it is what stands in the case (the server may have
 * written it more tidily). Half-composed input of an input method is not handed on.
 */
const useOwnText = (value: unknown, onChange: (value: unknown) => void, read: (text: string) => unknown) => {
  const [own, setOwn] = useState<string | null>(null);
  const composing = useRef(false);
  const hand = (text: string): void => {
    setOwn(text);
    if (!composing.current) onChange(text === '' ? undefined : read(text));
  };
  return {
    text: own ?? textOf(value),
    hand,
    take: () => setOwn(textOf(value)),
    release: () => setOwn(null),
    compose: {
      onCompositionStart: () => {
        composing.current = true;
      },
      onCompositionEnd: (event: { currentTarget: { value: string } }) => {
        composing.current = false;
        hand(event.currentTarget.value);
      },
    },
  };
};

const asTyped = (text: string): unknown => text;
const asCode = (text: string): unknown => text.toUpperCase();
const asNumber = (text: string): unknown => {
  const bare = text.normalize('NFKC').replace(/[,\s]/g, '');
  return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : text;
};

const TextInput = ({ id, field, value, invalid, describedBy, onChange, onLeave }: InputProps) => {
  const read = field.kind === 'code' ? asCode : field.kind === 'number' ? asNumber : asTyped;
  const own = useOwnText(value, onChange, read);
  const leave = (): void => {
    own.release();
    onLeave();
  };
  const shared = {
    id,
    value: field.kind === 'code' ? own.text.toUpperCase() : own.text,
    status: invalid ? 'error' : '',
    onFocus: own.take,
    onBlur: leave,
    'aria-invalid': invalid,
    'aria-describedby': describedBy,
    autoComplete: 'off',
    ...own.compose,
  } as const;
  if (field.kind === 'long-text') {
    return <Input.TextArea {...shared} rows={2} onChange={(event) => own.hand(event.target.value)} />;
  }
  return (
    <Input
      {...shared}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      spellCheck={false}
      {...(field.unit ? { suffix: field.unit } : {})}
      onChange={(event) => own.hand(event.target.value)}
    />
  );
};

const dayFormats = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY年M月D日'];

const DayInput = ({ id, value, invalid, describedBy, onChange, onLeave }: InputProps) => {
  const day = typeof value === 'string' && dayjs(value).isValid() ? dayjs(value) : null;
  return (
    <DatePicker
      id={id}
      value={day}
      format={dayFormats}
      placeholder="年-月-日"
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      style={{ width: '100%' }}
      onChange={(next) => onChange(next?.format('YYYY-MM-DD'))}
      onBlur={onLeave}
    />
  );
};

const MomentInput = ({ id, value, invalid, describedBy, onChange, onLeave }: InputProps) => {
  // The picker shows the wall clock of Shanghai whatever zone this machine is in.
  const moment = typeof value === 'string' && value !== '' ? dayjs(formatMoment(value)) : null;
  return (
    <DatePicker
      id={id}
      value={moment?.isValid() ? moment : null}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      placeholder="年-月-日 时:分"
      needConfirm={false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      style={{ width: '100%' }}
      onChange={(next) => onChange(next ? shanghaiInstant(next.format('YYYY-MM-DDTHH:mm')) : undefined)}
      onBlur={onLeave}
    />
  );
};

/** From this many choices on, a list to search serves better than buttons. */
const manyChoices = 5;

const ChoiceInput = ({ id, field, value, invalid, describedBy, labelledBy, onChange, onLeave }: InputProps) => {
  const choices = Object.entries(field.choices ?? {});
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  if (choices.length < manyChoices) {
    return (
      <Radio.Group
        id={id}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        value={chosen}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
        options={choices.map(([code, title]) => ({ value: code, label: title }))}
      />
    );
  }
  return (
    <Select
      id={id}
      value={chosen}
      allowClear
      showSearch={{ optionFilterProp: 'search' }}
      placeholder="请选择，可输入代码或名称查找"
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      style={{ width: '100%' }}
      onChange={(code) => onChange(code ?? undefined)}
      onBlur={onLeave}
      options={choices.map(([code, title]) => ({ value: code, label: title, search: `${code} ${title}` }))}
    />
  );
};

const SwitchInput = ({ id, value, describedBy, labelledBy, onChange, onLeave }: InputProps) => (
  <Radio.Group
    id={id}
    aria-labelledby={labelledBy}
    aria-describedby={describedBy}
    value={typeof value === 'boolean' ? value : null}
    onChange={(event) => onChange(event.target.value)}
    onBlur={onLeave}
    options={[
      { value: true, label: '是' },
      { value: false, label: '否' },
    ]}
  />
);

const inputs = {
  text: TextInput,
  'long-text': TextInput,
  code: TextInput,
  number: TextInput,
  date: DayInput,
  time: MomentInput,
  choice: ChoiceInput,
  switch: SwitchInput,
  list: ListInput,
} as const;

/** The way to enter a field, by its kind. Half-typed text is kept as it is; the field's fault says what is wrong with it. */
export const FieldInput = (props: InputProps) => {
  const One = inputs[props.field.kind];
  return <One {...props} />;
};
