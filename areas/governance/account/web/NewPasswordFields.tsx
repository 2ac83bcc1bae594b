import { Input } from 'antd';
import type { Failure } from '#kernel/contract/failure.ts';
import { Labelled } from '#web-kit/Labelled.tsx';
import { describePasswordRules, passwordFaults } from '../model/password-policy.ts';
import type { PasswordRules } from '../model/sign-in-rules.ts';

/** A new password, typed twice. */
export interface NewPassword {
  readonly next: string;
  readonly again: string;
}

/** Nothing typed yet. */
export const noNewPassword: NewPassword = { next: '', again: '' };

/** What is wrong with it, as far as a browser can tell. */
export const newPasswordFaults = (
  { next, again }: NewPassword,
  rules: PasswordRules,
  userName: string,
): { readonly next?: string; readonly again?: string } => {
  const [first] = passwordFaults(rules, next, userName);
  if (first !== undefined) return { next: first };
  return next === again ? {} : { again: '两次输入的密码不一样' };
};

/** The two fields, with the rules beside them. */
export const NewPasswordFields = ({
  value,
  onChange,
  rules,
  userName,
  tried,
  failure,
}: {
  value: NewPassword;
  onChange: (next: NewPassword) => void;
  rules: PasswordRules;
  userName: string;
  tried: boolean;
  failure: Failure | null;
}) => {
  const faults = tried ? newPasswordFaults(value, rules, userName) : {};
  const refused = failure?.problems.map(({ message }) => message).join('；');
  return (
    <>
      <Labelled label="新密码" fault={faults.next ?? (refused || undefined)} note={describePasswordRules(rules)}>
        {(id, described) => (
          <Input.Password
            id={id}
            size="large"
            autoComplete="new-password"
            maxLength={200}
            value={value.next}
            {...described}
            onChange={(event) => onChange({ ...value, next: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label="再输一次新密码" fault={faults.again}>
        {(id, described) => (
          <Input.Password
            id={id}
            size="large"
            autoComplete="new-password"
            maxLength={200}
            value={value.again}
            {...described}
            onChange={(event) => onChange({ ...value, again: event.target.value })}
          />
        )}
      </Labelled>
    </>
  );
};
