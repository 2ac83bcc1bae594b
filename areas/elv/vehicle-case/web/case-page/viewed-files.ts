import { formatBytes, formatMomentExactly } from '#web-kit/format.ts';
import type { ViewedFile } from '#web-kit/ViewerPane.tsx';
import type { CaseView, PhotoView } from '../../model/vehicle-case.views.ts';
import { photoAddress, smallPhotoAddress } from './photo-address.ts';

const factsOf = (photo: PhotoView): ViewedFile['facts'] => [
  { title: '上传', text: `${formatMomentExactly(photo.uploadedAt)} ${photo.operatorName}` },
  ...(photo.deviceTime ? [{ title: '拍摄设备时间', text: formatMomentExactly(photo.deviceTime) }] : []),
  ...(photo.place ? [{ title: '地点', text: photo.place }] : []),
  { title: '大小', text: formatBytes(photo.sizeBytes) },
  { title: 'SM3', text: photo.sm3 },
];

/** The photographs of a case as files to look at, in the order of the work; those of `first` come before the others, in its order. */
export const viewedFiles = (
  view: Pick<CaseView, 'id' | 'photos'>,
  first: readonly string[] = [],
): readonly ViewedFile[] => {
  const rank = ({ section }: PhotoView): number => (first.includes(section) ? first.indexOf(section) : first.length);
  return view.photos
    .filter(({ viewable }) => viewable)
    .sort((a, b) => rank(a) - rank(b))
    .map((photo) => ({
      id: photo.id,
      title: photo.title,
      address: photoAddress(view.id, photo.id),
      smallAddress: smallPhotoAddress(view.id, photo.id),
      mediaType: photo.mediaType,
      fileName: photo.fileName,
      facts: factsOf(photo),
    }));
};
