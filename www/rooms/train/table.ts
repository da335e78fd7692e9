// The engine's table of settings, as fields, the address and the presets ask it.
import type {
  Initializer,
  Loss,
  NumberSetting,
  OptimizerSettings,
  Output,
  SettingName,
  SettingsTable,
} from '../../engine/pkg/atelier';
import type { Limits } from '../../parts/limits';

export type OptimizerKind = OptimizerSettings['kind'];
export type InitializerKind = Initializer['kind'];

/** What the numbers of optimizers are called. */
export type ConstantName = Exclude<
  OptimizerSettings extends infer One ? (One extends unknown ? keyof One : never) : never,
  'kind'
> &
  SettingName;

export function numberOf(table: SettingsTable, name: SettingName): NumberSetting {
  const found = table.numbers.find((number) => number.name === name);
  if (!found) throw new Error(`the engine has no setting ${name}`);
  return found;
}

/** What a field, or an address, takes for a number. */
export function limitsOf(table: SettingsTable, name: SettingName): Limits {
  const { rule, whole, orZero } = numberOf(table, name);
  switch (rule.kind) {
    case 'range':
      return { min: rule.min, max: rule.max, whole, orZero };
    case 'above-up-to':
      return { above: rule.above, max: rule.max, whole, orZero };
    case 'from-below':
      return { min: rule.min, below: rule.below, whole, orZero };
    case 'images-of-set':
      return { min: rule.min, max: rule.images, whole, orZero };
    default:
      throw new Error(`a field cannot follow ${rule.kind}`);
  }
}

/** An optimizer with its usual constants. */
export function optimizerOf(table: SettingsTable, kind: OptimizerKind): OptimizerSettings {
  const found = table.optimizers.find((optimizer) => optimizer.kind === kind);
  if (!found) throw new Error(`the engine has no optimizer ${kind}`);
  return found;
}

/** The constants of an optimizer with their values, in the order of its formula. */
export function constantsOf(settings: OptimizerSettings): [ConstantName, number][] {
  return Object.entries(settings).filter((entry): entry is [ConstantName, number] => entry[0] !== 'kind');
}

/** The same optimizer with one constant changed. */
export function withConstant(
  settings: OptimizerSettings,
  name: ConstantName,
  value: number,
): OptimizerSettings {
  return { ...settings, [name]: value };
}

export function initializerOf(table: SettingsTable, kind: InitializerKind): Initializer {
  const found = table.initializers.find((initializer) => initializer.kind === kind);
  if (!found) throw new Error(`the engine has no initializer ${kind}`);
  return found;
}

/** The output that a loss is made for: it starts from the logits; null where any will do. */
export function outputOf(table: SettingsTable, loss: Loss): Output | null {
  return table.losses.find((choice) => choice.loss === loss)?.output ?? null;
}

export function isPair(table: SettingsTable, output: Output, loss: Loss): boolean {
  const made = outputOf(table, loss);
  return made === null || made === output;
}
