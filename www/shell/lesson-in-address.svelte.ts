// Whether the address names a lesson: the shell fetches the course's code for it only then (course/course.svelte.ts).
class LessonInAddress {
  isOpen = $state(false);

  constructor() {
    this.look();
    addEventListener('popstate', () => this.look());
  }

  look() {
    this.isOpen = new URLSearchParams(location.search).has('lesson');
  }
}

export const lessonInAddress = new LessonInAddress();
