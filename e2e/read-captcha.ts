import type { Page } from '@playwright/test';
import { drawCaptcha } from '#practices/captcha/server/captcha-drawing.ts';

const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Each letter at each place, drawn without chance: what a reader knows of letters. */
const lettersAt = (place: number): readonly (readonly [letter: string, svg: string])[] =>
  [...alphabet].map((letter) => {
    const word = [...'IIII'].map((other, index) => (index === place ? letter : other)).join('');
    return [letter, drawCaptcha(word, () => 0.5)];
  });

/**
 * Reads the picture on the page as a patient person would: by comparing what stands at each place with every letter. That a story can is a
 * reminder that such pictures only slow simple programs down.
 */
export const readCaptcha = async (page: Page): Promise<string> => {
  const picture = page.getByRole('img', { name: '验证码图片' });
  const address = await picture.getAttribute('src');
  const known = [0, 1, 2, 3].map(lettersAt);
  return page.evaluate(
    async ({ address: shown, known: places }) => {
      const width = 132;
      const height = 44;
      const darkOf = async (source: string): Promise<boolean[]> => {
        const image = new Image();
        // Not `decode()`, which waits for a page that is being painted.
        await new Promise<void>((resolve, reject) => {
          image.onload = () => resolve();
          image.onerror = () => reject(new Error('the picture cannot be read'));
          image.src = source;
        });
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        const brush = canvas.getContext('2d');
        if (!brush) throw new Error('no canvas');
        brush.fillStyle = '#fff';
        brush.fillRect(0, 0, width, height);
        brush.drawImage(image, 0, 0, width, height);
        const { data } = brush.getImageData(0, 0, width, height);
        return Array.from({ length: width * height }, (_, index) => (data[index * 4] ?? 255) < 140);
      };
      const seen = await darkOf(shown);
      let word = '';
      for (const [place, letters] of places.entries()) {
        const middle = Math.round((130 / 5) * (place + 1));
        let best = { letter: '', off: Number.POSITIVE_INFINITY };
        for (const [letter, svg] of letters) {
          const blob = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
          const wanted = await darkOf(blob);
          URL.revokeObjectURL(blob);
          let off = 0;
          for (let y = 0; y < height; y += 1) {
            for (let x = middle - 13; x <= middle + 13; x += 1) {
              if (seen[y * width + x] !== wanted[y * width + x]) off += 1;
            }
          }
          if (off < best.off) best = { letter, off };
        }
        word += best.letter;
      }
      return word;
    },
    { address: address ?? '', known },
  );
};
