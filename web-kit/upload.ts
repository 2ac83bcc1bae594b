import { Failure, type FailureBody } from '#kernel/contract/failure.ts';

/** The largest file the server takes. Source: vehicle case contract, TOO_LARGE. */
export const maxFileBytes = 15 * 1024 * 1024;

const kinds = ['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/heic', 'image/heif', 'application/pdf'];

/** What a file chooser offers. */
export const acceptedKinds = kinds.join(',');

/** Why a file is not worth sending at all; undefined when it is. The server looks inside and has the last word. */
export const objectionTo = (file: {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}): string | undefined => {
  if (file.size === 0) return `“${file.name}”是空文件，没有内容，请重新选择`;
  if (file.size > maxFileBytes) {
    return `“${file.name}”有 ${(file.size / 1024 / 1024).toFixed(1)} MB，超过 15 MB，请压缩或降低拍摄分辨率后再传`;
  }
  if (file.type !== '' && !kinds.includes(file.type))
    return `“${file.name}”不是照片或 PDF，请选择 JPG、PNG 或 PDF 文件`;
  return undefined;
};

const refusalOf = (request: XMLHttpRequest): Failure => {
  try {
    // The server answers every failure in this shape; anything else falls to the catch.
    const body = JSON.parse(request.responseText) as FailureBody;
    return new Failure(request.status, body.code, body.message, { problems: body.problems ?? [] });
  } catch {
    return new Failure(request.status, 'UNREADABLE', '服务器没有正常应答，文件没有上传，请重试');
  }
};

/** Sends one file, telling how far it is (0 to 1). Errors: rejects with {@link Failure}, status 0 when the line was lost. */
export const uploadFile = (url: string, file: File, told: (progress: number) => void): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('x-requested-with', 'desk');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) told(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(refusalOf(request));
    };
    request.onerror = () => reject(new Failure(0, 'OFFLINE', '网络已断开，文件没有传完，恢复后会自动再传'));
    request.ontimeout = request.onerror;
    request.timeout = 180_000;
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
