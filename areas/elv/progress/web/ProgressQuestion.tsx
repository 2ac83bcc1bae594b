import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { CaptchaField } from '#practices/captcha/web/CaptchaField.tsx';
import { useCaptcha } from '#practices/captcha/web/use-captcha.ts';
import { normalisePlate } from '#practices/vehicle/model/plate.ts';
import { failureOf } from '#web-kit/api.ts';
import { Labelled, Refusal } from '#web-kit/Labelled.tsx';
import { publicQueryContract, usualQueryRules } from '../model/public-query.contract.ts';
import type { Answered } from './ProgressAnswer.tsx';
import { publicQueryApi } from './progress-api.ts';
import styles from './public-progress.module.css';

interface Typed {
  readonly plateNo: string;
  readonly vinTail: string;
  readonly captcha: { readonly ticket: string; readonly text: string };
}

const faultsOf = (typed: Typed, digits: number): Readonly<Partial<Record<string, string>>> => {
  const parsed = publicQueryContract.find.input.safeParse(typed);
  if (!parsed.success) {
    return Object.fromEntries(
      [...parsed.error.issues].reverse().map(({ path, message }) => [String(path[0]), message]),
    );
  }
  return parsed.data.vinTail.length === digits ? {} : { vinTail: `请填写车辆识别代号的后 ${digits} 位` };
};

/** What is asked: plate, the end of the VIN, a picture. A refusal keeps what was typed. */
export const ProgressQuestion = ({
  onAsk,
  onAnswer,
}: {
  onAsk: () => void;
  onAnswer: (answered: Answered) => void;
}) => {
  const [plateNo, setPlateNo] = useState('');
  const [vinTail, setVinTail] = useState('');
  const [tried, setTried] = useState(false);
  const captcha = useCaptcha({
    key: ['elv', 'public-progress', 'captcha'],
    ask: () => publicQueryApi.captcha({}),
    enabled: true,
  });
  const digits = captcha.offered?.vinDigits ?? usualQueryRules.vinDigits;
  const typed: Typed = { plateNo, vinTail, captcha: { ticket: captcha.ticket, text: captcha.text } };
  const find = useMutation({
    mutationFn: publicQueryApi.find,
    onMutate: onAsk,
    onSuccess: ({ progress }) => {
      setTried(false);
      onAnswer({ plateNo: normalisePlate(plateNo), progress, askedAt: Date.now() });
    },
    // A picture serves one query, whatever came of it.
    onSettled: captcha.another,
  });
  const faults = tried ? faultsOf(typed, digits) : {};
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOf(typed, digits)).length === 0) find.mutate(typed);
  };
  const changed = (set: (text: string) => void) => (text: string) => {
    find.reset();
    set(text);
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <p className={styles.lead}>请准备好行驶证：号牌号码和车辆识别代号都在上面。</p>
      <Labelled label="号牌号码" fault={faults.plateNo}>
        {(id, described) => (
          <Input
            id={id}
            size="large"
            autoComplete="off"
            placeholder="沪A12345"
            maxLength={20}
            value={plateNo}
            {...described}
            onChange={({ target }) => changed(setPlateNo)(target.value)}
          />
        )}
      </Labelled>
      <Labelled label={`车辆识别代号的后 ${digits} 位`} fault={faults.vinTail}>
        {(id, described) => (
          <Input
            id={id}
            size="large"
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={digits}
            value={vinTail}
            {...described}
            onChange={({ target }) => changed(setVinTail)(target.value)}
          />
        )}
      </Labelled>
      <CaptchaField captcha={captcha} fault={faults.captcha} help="听读不便时请向受理的回收企业询问" />
      {find.isError && <Refusal>{failureOf(find.error).message}</Refusal>}
      {captcha.error && <Refusal>{failureOf(captcha.error).message}</Refusal>}
      <Button type="primary" size="large" htmlType="submit" block loading={find.isPending}>
        查询
      </Button>
    </form>
  );
};
