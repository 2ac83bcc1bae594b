import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyPalette } from '#web-kit/palette.ts';
import '#web-kit/phone/phone.css';
import { CitizenApp } from './CitizenApp.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
applyPalette(document.documentElement);
createRoot(root).render(
  <StrictMode>
    <CitizenApp />
  </StrictMode>,
);
