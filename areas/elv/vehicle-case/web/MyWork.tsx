import { PageHeader } from '#web-kit/PageHeader.tsx';

/** What waits for the signed-in person. */
export const MyWork = () => <PageHeader title="我的工作" />;
