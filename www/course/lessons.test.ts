import { describe, expect, it, vi } from 'vitest';
import { lessonsInEnglish } from '../words/en/lessons';
import { lessonsInKorean } from '../words/ko/lessons';
import { isSame, textOf, type LessonText } from './lesson';
import { lessons } from './lessons';
import type { Seen } from './seen.svelte';

// The page's language is a matter of the page.
vi.mock('../words/say.svelte', () => ({ number: String, significant: String, percent: String }));

const languages: [string, Record<string, LessonText>][] = [
  ['English', lessonsInEnglish.lessons],
  ['Korean', lessonsInKorean.lessons],
];

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('the lesson %s', (id, lesson) => {
  it('has each step once, begins somewhere and ends with what one can say', () => {
    const ids = lesson.steps.map((step) => step.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(lesson.steps[0]?.at).toMatch(/^#\/[a-z-]+/);
    expect(ids.at(-1)).toBe('end');
  });

  it.each(languages)('says everything in %s', (_, words) => {
    const text = words[id];
    expect(text?.title).toBeTruthy();
    expect(Object.keys(text?.steps ?? {}).sort()).toEqual(lesson.steps.map((step) => step.id).sort());
    for (const step of lesson.steps) {
      const said = text?.steps[step.id];
      expect(textOf(said?.text ?? '', {})).toBeTruthy();
      if ('show' in step) expect(said?.show, step.id).toBeTruthy();
      if (step.kind === 'do') expect(textOf(said?.done ?? '', {}), step.id).toBeTruthy();
      if (step.kind === 'bet') {
        expect(Object.keys(said?.options ?? {}).sort()).toEqual([...step.options].sort());
        expect(textOf(said?.paid ?? '', {}), step.id).toBeTruthy();
      }
      if (step.kind === 'compute') {
        expect(said?.label, step.id).toBeTruthy();
        const slips = step.slips.map((slip) => slip.id).sort();
        expect(Object.keys(said?.slips ?? {}).sort()).toEqual(slips);
      }
    }
  });

  it('takes nothing for done, won or known while no room shows anything', () => {
    const nothing: Seen = {};
    for (const step of lesson.steps) {
      if (step.kind === 'do') expect(step.isDone(nothing), step.id).toBe(false);
      if (step.kind === 'bet') expect(step.outcome(nothing), step.id).toBeNull();
    }
  });
});

it('a number is the same within half a unit of the last place that is asked for', () => {
  expect(isSame(0.2689, 0.268941421, 4)).toBe(true);
  expect(isSame(0.26895, 0.268941421, 4)).toBe(true);
  expect(isSame(0.269, 0.268941421, 4)).toBe(false);
  expect(isSame(104, 104, 0)).toBe(true);
  expect(isSame(105, 104, 0)).toBe(false);
});
