import { expect, test } from 'vitest';
import { anchorOf, anchorsOf } from './jump.ts';

test('a path points at its own place first, then at what holds it', () => {
  expect(anchorsOf('dismantling.assemblies.0.quantity')).toEqual([
    'at-dismantling.assemblies.0.quantity',
    'at-dismantling.assemblies.0',
    'at-dismantling.assemblies',
    'at-dismantling',
  ]);
});

test('photographs and checks have places of their own; a general refusal has none', () => {
  expect(anchorsOf('photo:engine')).toEqual([anchorOf('photo:engine')]);
  expect(anchorsOf('check:agent-identity')).toEqual(['at-check:agent-identity']);
  expect(anchorsOf('')).toEqual([]);
});
