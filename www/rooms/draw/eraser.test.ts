import { expect, it } from 'vitest';
import { touches } from './eraser';

const line = [0.2, 0.2, 0.5, 0.8, 0.2, 0.5, 0.8, 0.8, 0.5];
const at = (x: number, y: number) => ({ x, y });

it('touches a stroke that it crosses, passes closely, or stands on', () => {
  // Across the middle of a piece, between two of the eraser's own points far from the stroke.
  expect(touches(line, at(0.5, 0), at(0.5, 0.4), 0.01)).toBe(true);
  // Beside it.
  expect(touches(line, at(0.3, 0.24), at(0.4, 0.24), 0.05)).toBe(true);
  expect(touches(line, at(0.5, 0.23), at(0.5, 0.23), 0.05)).toBe(true);
  // Round its end.
  expect(touches(line, at(0.8, 0.83), at(0.9, 0.9), 0.05)).toBe(true);
});

it('leaves alone what it does not reach', () => {
  expect(touches(line, at(0.3, 0.26), at(0.4, 0.26), 0.05)).toBe(false);
  // On the line that a piece lies on, but beyond its end.
  expect(touches(line, at(0.9, 0.2), at(1, 0.2), 0.05)).toBe(false);
  expect(touches(line, at(0.5, 0.5), at(0.5, 0.5), 0.1)).toBe(false);
});

it('touches a dot, and passes it by', () => {
  const dot = [0.5, 0.5, 0.5];
  expect(touches(dot, at(0.4, 0.5), at(0.6, 0.53), 0.05)).toBe(true);
  expect(touches(dot, at(0.4, 0.6), at(0.6, 0.6), 0.05)).toBe(false);
});
