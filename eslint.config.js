import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['target/', 'dist/', 'www/engine/pkg/', '.make/', 'tests/fixtures/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Formulas are MathML made from our own TeX at build time; nothing a visitor wrote goes in.
      'svelte/no-at-html-tags': 'off',
      // Maps and sets here are replaced whole, in `$state.raw`, never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  { files: ['scripts/**', 'tests/**', 'benches/**', 'classroom/**'], rules: { 'no-console': 'off' } },
);
