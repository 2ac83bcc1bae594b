import type { Upload } from './upload-list.ts';

/** A place for a photograph. */
export interface PhotoPlace {
  readonly part: string;
  readonly title: string;
  readonly hint: string;
  readonly required: boolean;
  /** Asked for all the same where it is not required. */
  readonly wanted?: boolean;
  readonly many: boolean;
}

/** How far the reading of a paper is. `too-few`: too little was found, another photograph is wanted. */
export interface PhotoReading {
  readonly status: 'none' | 'waiting' | 'reading' | 'done' | 'too-few' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  readonly message: string | null;
}

/** A photograph in its place. */
export interface Photo {
  readonly id: string;
  readonly part: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly uploadedAt: string;
  readonly operatorName: string;
  readonly deviceTime: string | null;
  readonly place: string | null;
  readonly removable: boolean;
  /** False where the reader may know of it but not look at it. */
  readonly viewable: boolean;
  readonly ocr: PhotoReading;
}

/** What a grid of photographs can do; the page carries it out. */
export interface PhotoActions {
  readonly address: (photoId: string) => string;
  /** Where it is shown small. */
  readonly smallAddress: (photoId: string) => string;
  readonly open: (photoId: string) => void;
  readonly add: (part: string, files: readonly File[], instead?: string) => void;
  readonly remove: (photo: Photo) => void;
  readonly reread: (photoId: string) => void;
  readonly retry: (upload: Upload) => void;
  readonly drop: (upload: Upload) => void;
}

/** How many of the required places are filled. */
export const photoProgress = (
  places: readonly PhotoPlace[],
  photos: readonly { readonly part: string }[],
): { readonly filled: number; readonly required: number } => {
  const required = places.filter((place) => place.required);
  return {
    filled: required.filter(({ part }) => photos.some((photo) => photo.part === part)).length,
    required: required.length,
  };
};
