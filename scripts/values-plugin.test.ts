import { describe, expect, it } from 'vitest';
import { marked } from './values-plugin.ts';

/** Whether the mark is on the first element. */
const isMarked = (markup: string, script = '') => {
  const source = `${script && `<script lang="ts">${script}</script>`}${markup}`;
  const result = marked(source);
  expect(result.replaceAll(' translate="no"', '')).toBe(source);
  return /^(<script.*<\/script>)?<[\w-]+ translate="no"/.test(result);
};

describe('is out of a translator’s reach', () => {
  it.each([
    ['a value', '<b>{number(loss)}</b>'],
    ['a value among words', '<p>loss: {loss}</p>'],
    ['a sentence with a value', '<p>{say.train.place(epoch, batch)}</p>'],
    ['one sentence or another', '<button>{playing ? say.train.pause : say.train.play}</button>'],
    ['a sentence that is chosen', '<p>{say.draw.notes[model]}</p>'],
    ['words that come and go', '<p>{#if full}full{/if}</p>'],
    ['words in a list', '<p>{#each names as name}{name}{/each}</p>'],
    ['the last branch', '<p>{#if a}<b>x</b>{:else}{say.train.none}{/if}</p>'],
    ['made markup', '<div>{@html formula}</div>'],
    ['a formula', '<math><mi>x</mi></math>'],
    ['text in a drawing', '<text x="1">{tick}</text>'],
    ['what only looks like the dictionary', '<p>{words.loss}</p>'],
  ])('%s', (_, markup) => {
    expect(isMarked(markup)).toBe(true);
  });
});

describe('stays within reach', () => {
  it.each([
    ['words of the markup', '<p>Atelier</p>'],
    ['a sentence of the dictionary', '<p>{say.train.title}</p>'],
    ['a sentence beside a value that has its own element', '<p>{say.train.loss} <i {hidden}>x</i></p>'],
    ['an element that says so itself', '<p class="a" translate="yes">{text}</p>'],
    ['an element with elements only', '<p>{#if a}<b>x</b>{/if}</p>'],
  ])('%s', (_, markup) => {
    expect(isMarked(markup)).toBe(false);
  });

  it('a sentence by a short name of the dictionary', () => {
    expect(isMarked('<p>{words.title}</p>', 'const words = $derived(say.loss);')).toBe(false);
    expect(isMarked('<p>{words.title}</p>', 'const words = $derived(say[room]);')).toBe(true);
    expect(isMarked('<p>{words.title}</p>', 'let words = $state(say.loss);')).toBe(true);
  });
});

it('marks elements at any depth, each for its own text', () => {
  const source =
    '{#if a}<ul>{#each list as one (one.id)}<li class="x"><Part><em>{one.value}</em></Part></li>{/each}</ul>{/if}';
  expect(marked(source)).toBe(source.replace('<em>', '<em translate="no">'));
});

it('refuses text that can change and has no element', () => {
  expect(() => marked('<p>a</p>\n{value}', 'Room.svelte')).toThrow('Room.svelte, line 2');
  expect(() => marked('<Part>{value}</Part>')).toThrow('needs an element');
  expect(() => marked('{#snippet label()}{value}{/snippet}')).toThrow('needs an element');
  expect(() => marked('<p>a</p>{#if b}b{/if}')).toThrow('needs an element');
});
