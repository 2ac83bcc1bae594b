import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePageTitle } from '#web-kit/page-title.ts';
import { type Answered, ProgressAnswer } from './ProgressAnswer.tsx';
import { ProgressQuestion } from './ProgressQuestion.tsx';
import styles from './public-progress.module.css';

/** Where anybody sees how far the scrapping of a vehicle has come: three things to fill in, then stages and days. Source: tender R14. */
export const PublicProgressPage = () => {
  usePageTitle('报废进度查询');
  const [answered, setAnswered] = useState<Answered | null>(null);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <p className={styles.product}>沪商监管 · 报废机动车</p>
        <h1 className={styles.title}>报废进度查询</h1>
      </header>
      <main className={styles.body}>
        <section className={styles.panel} aria-label="查询条件">
          <ProgressQuestion onAsk={() => setAnswered(null)} onAnswer={setAnswered} />
        </section>
        {answered && (
          // A new answer is a new one to be read out, and begins with its heading.
          <ProgressAnswer key={answered.askedAt} answered={answered} />
        )}
      </main>
      <footer className={styles.foot}>
        <p>只显示办理阶段和日期，不显示车主、经办人和企业的信息。查询留有记录。</p>
        <Link to="/sign-in">企业和管理人员登录</Link>
      </footer>
    </div>
  );
};
