import { PageHeader } from '#web-kit/PageHeader.tsx';

/** All cases the signed-in person may see. */
export const CaseList = () => <PageHeader title="案卷列表" />;
