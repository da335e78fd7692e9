// The words of the course, apart from those of the rooms: who opens no lesson loads none.
import type { LessonText } from '../course/lesson';
import { preferences } from '../parts/preferences.svelte';
import { lessonsInEnglish } from './en/lessons';
import { lessonsInKorean } from './ko/lessons';

export interface LessonWords {
  panel: typeof import('./en/lessons/panel').panel;
  lessons: Record<string, LessonText>;
}

const dictionaries: Record<'en' | 'ko', LessonWords> = { en: lessonsInEnglish, ko: lessonsInKorean };

/** The course in the language chosen now. */
export const lessonWords = (): LessonWords => dictionaries[preferences.language];
