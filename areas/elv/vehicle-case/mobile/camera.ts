/** What a photograph is meant for: a place, and the photograph there that it takes the place of. */
export interface Aim {
  readonly part: string;
  readonly instead: string | undefined;
}

let input: HTMLInputElement | undefined;

/** Outside everything that is drawn: the screen may change, even to signing in, while the person looks through the camera. */
const cameraInput = (): HTMLInputElement => {
  if (input) return input;
  input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.setAttribute('capture', 'environment');
  input.hidden = true;
  document.body.append(input);
  return input;
};

/**
 * Opens the phone's own camera, which every phone has without asking for leave. What the photograph is meant for is settled here, by
 * whom to tell; nothing that comes meanwhile changes that.
 */
export const openCamera = (onShot: (file: File) => void): void => {
  const camera = cameraInput();
  camera.onchange = () => {
    const [file] = camera.files ?? [];
    // The same picture may be taken again.
    camera.value = '';
    if (file) onShot(file);
  };
  camera.click();
};
