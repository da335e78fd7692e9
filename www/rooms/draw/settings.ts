// What the Draw room can be set to, to and from the address: only what differs from the defaults is written.
import type { DrawSettings, ModelName } from '../../engine/api/reading';
import { AddressReader, unlessUsual } from '../../parts/address-values';

export const MODELS = ['digits', 'softmax', 'fashion', 'yours', 'taught'] as const satisfies ModelName[];
const SWITCHES = ['fit', 'centre', 'matchPen', 'antiAlias'] as const;

export interface Settings {
  model: ModelName;
  /** What is not as the engine has it by itself. */
  stages: Partial<DrawSettings>;
}

export function read(values: URLSearchParams): { settings: Settings; bad: string[] } {
  const from = new AddressReader(values);
  const model = from.choice('model', MODELS[0], MODELS);
  const stages: Partial<DrawSettings> = {};
  for (const name of SWITCHES) {
    if (!values.has(name)) continue;
    const wish = from.choice(name, '', ['0', '1', '']);
    if (wish !== '') stages[name] = wish === '1';
  }
  const pen = from.number('pen', 0, 0.5, 6);
  if (pen > 0) stages.penWidth = pen;
  return { settings: { model, stages }, bad: from.bad };
}

export function write({ model, stages }: Settings): Record<string, string | null> {
  const switches = SWITCHES.map((name) => [
    name,
    stages[name] === undefined ? null : stages[name] ? '1' : '0',
  ]);
  const { penWidth } = stages;
  return {
    model: unlessUsual(model, MODELS[0]),
    ...(Object.fromEntries(switches) as Record<string, string | null>),
    pen: penWidth === undefined ? null : String(Math.round(penWidth * 10) / 10),
  };
}

/** What of `settings` is not as in `usual`. */
export function differing(settings: DrawSettings, usual: DrawSettings): Partial<DrawSettings> {
  const stages: Partial<DrawSettings> = {};
  for (const name of SWITCHES) if (settings[name] !== usual[name]) stages[name] = settings[name];
  if (Math.abs(settings.penWidth - usual.penWidth) > 1e-6) stages.penWidth = settings.penWidth;
  return stages;
}
