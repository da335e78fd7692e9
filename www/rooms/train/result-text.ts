// A run in words and numbers, for a note or a message: what it was made from and what came of it.
import type { Facts } from '../../engine/api/exchange';
import type { Settings } from '../../engine/api/training';
import type { SettingsTable } from '../../engine/pkg/atelier';
import { hashOf, queryOf } from '../../parts/address-text';
import { exact, number, say } from '../../words/say.svelte';
import { write } from './address';
import { summaryOf } from './run-words';

/** Everything that the run says of itself; `page` is the page's address without what stands behind its `#`. */
export function resultText(facts: Facts, usual: Settings, table: SettingsTable, page: string): string {
  const words = say.exchange.result;
  const { settings, learningRates, epochs, openedFrom } = facts;
  const four = (value: number | null | undefined) =>
    value === null || value === undefined ? '—' : number(value, 4);
  const last = epochs.at(-1);
  const test = facts.exams.at(-1);
  const summary = summaryOf({ classes: facts.classes.length, settings, learningRates });
  const rates = learningRates.map(({ step, learningRate }) => `${number(step)} → ${exact(learningRate)}`);
  const lines = [
    `Atelier · ${say.shell.dataSets[facts.dataSet] ?? facts.dataSet} · ${summary}`,
    words.step(number(epochs.length), number(settings.epochs), number(facts.step)),
    ...(last ? [words.training(four(last.loss), four(last.accuracy))] : []),
    ...(last && last.validationLoss !== undefined && last.validationLoss !== null
      ? [words.validation(four(last.validationLoss), four(last.validationAccuracy))]
      : []),
    ...(test === undefined ? [] : [words.test(four(test))]),
    ...(rates.length > 1 ? [words.rates(rates.join(', '))] : []),
    words.fingerprint(facts.fingerprint),
    ...(openedFrom ? [words.began(openedFrom.name, openedFrom.fingerprint)] : []),
    page + linkOf(facts, usual, table),
  ];
  return `${lines.join('\n')}\n`;
}

/** Where the run's settings lead again. */
function linkOf({ settings, dataSet }: Facts, usual: Settings, table: SettingsTable): string {
  const asked = Object.entries(write(settings, usual, table, dataSet)).filter(([, value]) => value !== null);
  return hashOf(['train'], queryOf(new URLSearchParams(asked as [string, string][])));
}

/** The history as a table for other programs, every digit of it, below what it is of. */
export function csvOf({ settings, learningRates, epochs, ...facts }: Facts): string {
  const head = {
    data_set: `${facts.dataSet} ${facts.imagesId}`,
    settings: JSON.stringify(settings),
    learning_rates: JSON.stringify(learningRates),
    seed: settings.seed,
    step: facts.step,
    fingerprint: facts.fingerprint,
    ...(facts.openedFrom && { began_with: JSON.stringify(facts.openedFrom) }),
  };
  const lines = epochs.map((epoch) =>
    [
      epoch.epoch,
      epoch.loss,
      epoch.accuracy,
      epoch.validationLoss ?? '',
      epoch.validationAccuracy ?? '',
      epoch.learningRate,
    ].join(','),
  );
  const about = Object.entries(head).map(([key, value]) => `# ${key}: ${value}`);
  const columns = 'epoch,loss,accuracy,val_loss,val_accuracy,learning_rate';
  return `${[...about, columns, ...lines].join('\n')}\n`;
}
