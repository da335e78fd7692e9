// The room's state: what is written, what the engine made of it, and how far it is shown.
import { newestFrom } from '../../engine/ask';
import { engineOf, type Engine } from '../../engine/client';
import { dataSets } from '../../engine/data-sets.svelte';
import { training } from '../../engine/training.svelte';
import { isSaid, messageOf } from '../../engine/troubles.svelte';
import type { Fault, GraphRecord, LeafRecord, UnitExpression } from '../../engine/pkg/atelier';
import type { Direction, Layout } from '../../engine/layout/types';
import type { GraphSettings, Precision, UnitSettings } from './address';
import { exampleOf, rangeAround, type Example, type LeafRange } from './examples';
import { LABEL, widthsOf } from './edge-numbers';
import { nodeBox } from './marks';
import { lengthOf, nodeAt, stepsOf, type Steps } from './steps';

/** A graph with everything that is drawn of it; replaced as a whole, so that its parts always fit. */
export interface Shown {
  graph: GraphRecord;
  steps: Steps;
  layouts: Record<Direction, Layout>;
  /** Room for the numbers of each edge. */
  widths: number[];
  /** The structure: equal for graphs that differ in numbers only. */
  shape: string;
  text: string;
}

/** The longest a whole pass may take, and the longest for one node, in milliseconds. */
const PASS_MS = 4_000;
const NODE_MS = 180;
/** Pixels at full size; beside the text there is room for about 900. */
const WIDE = 1080;
/** Pixels by which the numbers of an edge may outgrow their room before the graph is laid out anew. */
const OUTGROWN = 8;
/** Above so many nodes the graph keeps its places while its numbers change. */
const MOST_TO_MOVE = 60;

export class Session {
  example = $state.raw<Example | null>(null);
  text = $state('');
  values = $state.raw<Map<string, number>>(new Map());
  precision = $state<Precision>('f64');
  /** The unit that is asked for; null in every other example. */
  unit = $state.raw<UnitSettings | null>(null);
  /** What the trainer wrote for it; null while there is no network. */
  unitText = $state.raw<UnitExpression | null>(null);
  /** Why the network cannot be written out. */
  unitRefused = $state.raw<(() => string) | null>(null);
  fault = $state.raw<Fault | null>(null);
  shown = $state.raw<Shown | null>(null);
  /** How many steps of both passes are shown. */
  position = $state(0);
  playing = $state(false);
  /** True when the graph is too wide to stand beside its text; decided when one is opened, not while one is written. */
  isWide = $state(false);
  /** True while both passes are shown without having been walked through. */
  isWhole = $state(true);
  /** The node a visitor chose; else the one the step is about. */
  chosen = $state<number | null>(null);
  current = $derived(this.shown && !this.isWhole ? nodeAt(this.shown.steps, this.position) : null);
  /** The node that is told about. */
  told = $derived(this.chosen ?? this.current ?? this.shown?.graph.output ?? null);

  private isTyped = false;
  private ranges = new Map<string, LeafRange>();
  private frame = 0;

  /** Takes what the address or a choice says, and shows it whole. */
  take(settings: GraphSettings) {
    this.stop();
    this.example = settings.example === null ? null : exampleOf(settings.example);
    this.text = settings.text;
    this.values = new Map(settings.values);
    this.precision = settings.precision;
    this.ranges.clear();
    this.chosen = null;
    this.isTyped = false;
    this.unit = settings.unit;
    this.unitText = null;
    if (this.unit) void this.takeUnit();
    else void this.evaluate();
  }

  /** Fetches the unit from the network as it is now; does nothing while none has been trained. */
  async takeUnit() {
    const asked = this.unit;
    if (!asked || !this.isTrained) return;
    this.unitRefused = null;
    try {
      const engine = await engineOf('trainer');
      const found = await engine.graph.unit(dataSets.name, asked.image, asked.unit, asked.terms);
      if (this.unit !== asked || !found) return;
      const leaves = found.values.map(([name, value]) => [name, rangeAround(value)] as const);
      const isTrue = found.unit === found.label;
      this.unitText = found;
      this.text = found.text;
      this.example = {
        name: 'unit',
        text: found.text,
        leaves: Object.fromEntries(leaves),
        identities: [
          isTrue
            ? { node: 'z', text: 'p − 1', formula: 'unitTrue' }
            : { node: 'z', text: 'p', formula: 'unitOther' },
        ],
      };
      void this.evaluate();
    } catch (error) {
      if (!isSaid(error)) this.unitRefused = () => messageOf(error);
    }
  }

  get isTrained(): boolean {
    return training.ready && (training.report?.step ?? 0) > 0;
  }

  changeUnit(changes: Partial<UnitSettings>) {
    if (!this.unit) return;
    this.unit = { ...this.unit, ...changes };
    this.values = new Map();
    void this.takeUnit();
  }

  settings(): GraphSettings {
    const { text, values, precision, unit } = this;
    return { example: unit ? 'unit' : (this.example?.name ?? null), text, values, precision, unit };
  }

  write(text: string) {
    this.text = text;
    this.isTyped = true;
    if (this.example && text !== this.example.text) {
      // What the example gave its names stays, so that changing a sign does not change the numbers.
      const given = Object.entries(this.example.leaves).map(([name, { value }]) => [name, value] as const);
      this.values = new Map([...given, ...this.values]);
      this.example = null;
      this.unit = null;
    }
    this.chosen = null;
    void this.evaluate();
  }

  setPrecision(precision: Precision) {
    this.precision = precision;
    void this.evaluate();
  }

  /** Gives a leaf a value: in the text where its number stands there, else beside it. */
  setLeaf(leaf: LeafRecord, value: number) {
    if (leaf.given && this.shown?.text === this.text) {
      const [start, end] = leaf.given;
      this.text = this.text.slice(0, start) + String(value) + this.text.slice(end);
    } else if (!leaf.given) {
      const values = new Map(this.values);
      if (this.example?.leaves[leaf.name]?.value === value) values.delete(leaf.name);
      else values.set(leaf.name, value);
      this.values = values;
    }
    void this.evaluate();
  }

  /** A slider's range: the example's, or one round the leaf's first value that stays while it moves. */
  rangeOf({ name, node }: LeafRecord): LeafRange {
    let range = this.example?.leaves[name] ?? this.ranges.get(name);
    if (!range) {
      range = rangeAround(this.shown?.graph.nodes[node]?.value ?? 0);
      this.ranges.set(name, range);
    }
    return range;
  }

  /** Shows the forward pass, node by node. */
  forward = () => {
    if (this.shown) this.play(0, this.shown.steps.forward.length);
  };

  /** Shows the backward pass; the forward pass is shown with it. */
  backward = () => {
    if (this.shown) this.play(this.shown.steps.forward.length, lengthOf(this.shown.steps));
  };

  /** One node further; from the end it begins again. */
  next = () => {
    if (!this.shown) return;
    this.stop();
    const length = lengthOf(this.shown.steps);
    this.isWhole = false;
    this.position = this.position >= length ? Math.min(1, length) : this.position + 1;
    this.chosen = null;
  };

  stop() {
    cancelAnimationFrame(this.frame);
    this.playing = false;
  }

  private play(from: number, to: number) {
    this.stop();
    this.chosen = null;
    this.isWhole = false;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || from >= to) {
      this.position = to;
      return;
    }
    this.position = from;
    this.playing = true;
    const each = Math.min(NODE_MS, PASS_MS / (to - from));
    const start = performance.now();
    const tick = (now: number) => {
      this.position = Math.min(to, from + 1 + Math.floor((now - start) / each));
      if (this.position < to) this.frame = requestAnimationFrame(tick);
      else this.playing = false;
    };
    this.frame = requestAnimationFrame(tick);
  }

  /** Asks the engine; while it answers, only the newest wish is kept. */
  private readonly evaluate = newestFrom<void, void>('lab', (engine) => this.ask(engine));

  private async ask(engine: Engine) {
    const { text, precision } = this;
    const first = Object.entries(this.example?.leaves ?? {}).map(([name, { value }]) => [name, value]);
    const values = [...new Map([...(first as [string, number][]), ...this.values])];
    const answer = await engine.graph.evaluate({ text, values, precision });
    if (!('graph' in answer)) {
      this.fault = answer.fault;
      return;
    }
    const { graph } = answer;
    this.forget(graph);
    const shape = shapeOf(graph);
    const isNew = this.shown?.shape !== shape;
    const steps = isNew || !this.shown ? stepsOf(graph) : this.shown.steps;
    let widths = widthsOf(graph);
    const room = isNew ? undefined : this.shown?.widths;
    const fits =
      room !== undefined &&
      (graph.nodes.length > MOST_TO_MOVE || widths.every((width, edge) => width <= room[edge]! + OUTGROWN));
    // Room only grows, so that a slider does not move the graph to and fro.
    if (room) widths = fits ? room : widths.map((width, edge) => Math.max(width, room[edge]!));
    const layouts =
      fits && this.shown ? this.shown.layouts : await engine.graph.arrange(boxesOf(graph, steps, widths));
    this.fault = null;
    if (!this.isTyped) this.isWide = layouts.right.width > WIDE;
    this.shown = { graph, steps, layouts, widths, shape, text };
    if (isNew) {
      this.stop();
      this.position = lengthOf(steps);
      this.isWhole = true;
    }
  }

  /** A name that the text gives a number has no other one. */
  private forget({ leaves }: GraphRecord) {
    const given = leaves.filter((leaf) => leaf.given && this.values.has(leaf.name)).map(({ name }) => name);
    if (given.length === 0) return;
    this.values = new Map([...this.values].filter(([name]) => !given.includes(name)));
  }
}

function shapeOf({ nodes, output }: GraphRecord): string {
  const node = nodes.map(({ operation, name, edges, gradient, value }) =>
    // A constant's number is part of its box.
    [
      operation,
      name ?? (operation === 'constant' ? value : ''),
      gradient === undefined,
      ...edges.map(({ from }) => from),
    ].join(' '),
  );
  return `${output};${node.join(';')}`;
}

/** What is to be placed: the nodes, and behind the output a place for the result. */
function boxesOf({ nodes, output }: GraphRecord, { uses }: Steps, widths: number[]) {
  const result = { width: 84, height: 44 };
  const edges = nodes
    .flatMap(({ edges }, to) => edges.map(({ from }) => ({ from, to })))
    .map((edge, index) => ({ ...edge, labelWidth: widths[index]! }));
  return {
    right: [...nodes.map((node, index) => nodeBox(node, uses[index]! > 1, 'right')), result],
    down: [...nodes.map((node, index) => nodeBox(node, uses[index]! > 1, 'down')), result],
    edges: [...edges, { from: output, to: nodes.length, labelWidth: LABEL.width }],
    label: LABEL,
  };
}
