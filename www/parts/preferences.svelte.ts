// What a visitor prefers, remembered in this browser: language and theme.
import { address } from './address.svelte';
import { remember, remembered } from './remembered';

export type Language = 'en' | 'ko';
export type Theme = 'light' | 'dark';

/** `?lang=` before or behind the `#` fixes the language; else the last choice, else the browser's. */
function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? address.values.get('lang');
  for (const wish of [asked, remembered('language')]) {
    if (wish === 'en' || wish === 'ko') return wish;
  }
  return navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

const dark = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(forced-colors: active)');

class Preferences {
  language = $state<Language>(firstLanguage());
  private chosenTheme = $state<string | null>(remembered('theme'));
  private systemIsDark = $state(dark.matches);
  /** The visitor has chosen a few colours for everything. */
  forcedColors = $state(forced.matches);
  theme = $derived<Theme>(
    this.chosenTheme === 'light' || this.chosenTheme === 'dark'
      ? this.chosenTheme
      : this.systemIsDark
        ? 'dark'
        : 'light',
  );

  constructor() {
    dark.addEventListener('change', () => (this.systemIsDark = dark.matches));
    forced.addEventListener('change', () => (this.forcedColors = forced.matches));
    // Before any component's effect, so that what reads a colour token reads the new theme's.
    $effect.root(() => {
      $effect.pre(() => {
        document.documentElement.dataset.theme = this.theme;
        document.documentElement.lang = this.language;
      });
    });
  }

  setLanguage(language: Language) {
    this.language = language;
    remember('language', language);
    // The address would win over the choice at the next visit: let it follow.
    const url = new URL(location.href);
    if (url.searchParams.has('lang')) {
      url.searchParams.set('lang', language);
      history.replaceState(null, '', url);
    }
    if (address.values.has('lang')) address.set({ lang: language });
  }

  setTheme(theme: Theme) {
    this.chosenTheme = theme;
    remember('theme', theme);
  }
}

export const preferences = new Preferences();
