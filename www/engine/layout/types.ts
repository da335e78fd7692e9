// What a layout is asked and what it answers: boxes and ways, in pixels at full size.

export type Direction = 'right' | 'down';

export interface Box {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface LayoutEdge {
  from: number;
  to: number;
  /** Where its numbers are longer than most. */
  labelWidth?: number;
}

export interface LayoutRequest {
  /** Each node's box, in an order in which inputs come before what uses them. */
  nodes: Box[];
  /** Ways between nodes, those into one node in the order of its inputs. */
  edges: LayoutEdge[];
  /** Room for the numbers on each way. */
  label: Box;
  /** Where the forward pass runs to. */
  direction: Direction;
}

export interface Layout extends Box {
  /** The middle of each node. */
  nodes: Point[];
  /** From the middle of the input's side to the node's, by way of the label. */
  edges: {
    points: Point[];
    label: Point;
    /** Too long to be followed by eye: drawn faint, with its numbers where it arrives. */
    isLong: boolean;
  }[];
}
