import { beforeEach, describe, expect, it } from 'vitest';
import { Hand, type Contact } from './hand';

/** What happened on the paper, in words. */
let log: string[];
let hand: Hand;
let now: number;

beforeEach(() => {
  log = [];
  now = 0;
  hand = new Hand({
    begin: (x, y) => log.push(`begin ${x} ${y}`),
    beginErasing: (x, y) => log.push(`erase ${x} ${y}`),
    move: (x, y) => log.push(`move ${x} ${y}`) > 0,
    end: () => log.push('end'),
    takeBack: () => log.push('back'),
  });
});

const finger = (id: number, x: number, y: number, more: Partial<Contact> = {}): Contact => ({
  ...{ id, kind: 'touch', x, y, pressure: 0.5, size: 20, erases: false, at: (now += 10) },
  ...more,
});
const pen = (x: number, y: number, more: Partial<Contact> = {}) =>
  finger(9, x, y, { kind: 'pen', size: 1, ...more });

it('one pointer draws', () => {
  expect(hand.down(finger(1, 0.1, 0.1))).toBe(true);
  hand.move(finger(1, 0.2, 0.1));
  hand.up(finger(1, 0.3, 0.1));
  expect(log).toEqual(['begin 0.1 0.1', 'move 0.2 0.1', 'move 0.3 0.1', 'end']);
  expect(hand.isWriting).toBe(false);
});

describe('a finger beside a hand at rest', () => {
  it('that came after it draws all it did, and the hand leaves nothing', () => {
    hand.down(finger(1, 0.9, 0.9));
    expect(hand.down(finger(2, 0.3, 0.2))).toBe(false);
    hand.move(finger(1, 0.901, 0.9));
    expect(hand.move(finger(2, 0.31, 0.2))).toBe(false);
    expect(hand.move(finger(2, 0.4, 0.2))).toBe(false);
    expect(hand.move(finger(2, 0.45, 0.2))).toBe(true);
    hand.move(finger(1, 0.8, 0.9));
    hand.up(finger(2, 0.5, 0.2));
    hand.up(finger(1, 0.8, 0.9));
    expect(log).toEqual([
      'begin 0.9 0.9',
      'move 0.901 0.9',
      'back',
      'begin 0.3 0.2',
      'move 0.31 0.2',
      'move 0.4 0.2',
      'move 0.45 0.2',
      'move 0.5 0.2',
      'end',
    ]);
  });

  it('does not take the pen from one that moves at the same moment, whichever is told first', () => {
    hand.down(finger(1, 0.3, 0.2));
    hand.down(finger(2, 0.1, 0.9));
    for (const x of [0.1, 0.2]) {
      const { at } = finger(1, 0, 0);
      hand.move(finger(2, 0.1 + x, 0.9, { at }));
      hand.move(finger(1, 0.3 + x, 0.2, { at }));
    }
    expect(log).toEqual(['begin 0.3 0.2', 'move 0.4 0.2', 'move 0.5 0.2']);
  });

  it('draws again and again while the hand stays', () => {
    hand.down(finger(1, 0.9, 0.9));
    for (const x of [0.1, 0.2]) {
      hand.down(finger(2, x, 0.2));
      hand.move(finger(2, x, 0.5));
      hand.up(finger(2, x, 0.6));
    }
    expect(log.filter((line) => line.startsWith('begin'))).toEqual([
      'begin 0.9 0.9',
      'begin 0.1 0.2',
      'begin 0.2 0.2',
    ]);
    expect(log.filter((line) => line === 'back')).toHaveLength(1);
  });

  it('that was there first draws on', () => {
    hand.down(finger(1, 0.3, 0.2));
    hand.down(finger(2, 0.9, 0.9));
    hand.move(finger(1, 0.5, 0.2));
    hand.move(finger(2, 0.5, 0.9));
    hand.up(finger(2, 0.5, 0.9));
    hand.up(finger(1, 0.6, 0.2));
    expect(log).toEqual(['begin 0.3 0.2', 'move 0.5 0.2', 'move 0.6 0.2', 'end']);
  });

  it('taps', () => {
    hand.down(finger(1, 0.9, 0.9));
    hand.down(finger(2, 0.3, 0.2));
    expect(hand.up(finger(2, 0.3, 0.2))).toBe(true);
    hand.up(finger(1, 0.9, 0.9));
    expect(log).toEqual(['begin 0.9 0.9', 'back', 'begin 0.3 0.2', 'end']);
  });

  it('draws when the hand slid before it came, by its size', () => {
    hand.down(finger(1, 0.9, 0.9, { size: 50 }));
    hand.move(finger(1, 0.8, 0.9, { size: 120 }));
    expect(hand.down(finger(2, 0.3, 0.2))).toBe(true);
    expect(log.slice(-2)).toEqual(['back', 'begin 0.3 0.2']);
    // And a hand that comes down later changes nothing.
    hand.down(finger(3, 0.9, 0.5, { size: 120 }));
    hand.move(finger(3, 0.6, 0.5, { size: 120 }));
    hand.up(finger(3, 0.6, 0.5, { size: 120 }));
    expect(log.at(-1)).toBe('begin 0.3 0.2');
  });
});

describe('a pen', () => {
  it('wins over a finger, which is undone however far it went', () => {
    hand.down(finger(1, 0.9, 0.9));
    hand.move(finger(1, 0.5, 0.9));
    expect(hand.down(pen(0.3, 0.2))).toBe(true);
    hand.move(finger(1, 0.2, 0.9));
    hand.move(pen(0.5, 0.2));
    hand.up(pen(0.5, 0.3));
    expect(log.slice(2)).toEqual(['back', 'begin 0.3 0.2', 'move 0.5 0.2', 'move 0.5 0.3', 'end']);
  });

  it('keeps fingers away while it writes, hovers, and just after', () => {
    hand.down(pen(0.3, 0.2));
    expect(hand.down(finger(1, 0.9, 0.9))).toBe(false);
    hand.up(pen(0.4, 0.2));
    expect(hand.down(finger(2, 0.9, 0.9))).toBe(false);
    now += 450;
    hand.move(pen(0.5, 0.5));
    now += 450;
    expect(hand.down(finger(3, 0.9, 0.9))).toBe(false);
    now += 600;
    expect(hand.down(finger(4, 0.9, 0.9))).toBe(true);
  });

  it('erases with its other end', () => {
    hand.down(pen(0.3, 0.2, { erases: true }));
    hand.move(pen(0.4, 0.2));
    hand.up(pen(0.4, 0.2));
    expect(log).toEqual(['erase 0.3 0.2', 'move 0.4 0.2', 'move 0.4 0.2', 'end']);
  });
});

describe('what the system takes away', () => {
  it('is taken back', () => {
    hand.down(finger(1, 0.3, 0.2));
    hand.move(finger(1, 0.5, 0.2));
    expect(hand.cancel(1)).toBe(true);
    expect(log.slice(2)).toEqual(['back', 'end']);
    expect(hand.isWriting).toBe(false);
  });

  it('leaves the pen to a finger that waited', () => {
    hand.down(finger(1, 0.9, 0.9));
    hand.down(finger(2, 0.3, 0.2));
    hand.cancel(1);
    hand.move(finger(2, 0.5, 0.2));
    expect(log).toEqual(['begin 0.9 0.9', 'back', 'begin 0.3 0.2', 'move 0.5 0.2']);
  });

  it('does not touch what another pointer writes', () => {
    hand.down(finger(1, 0.3, 0.2));
    hand.down(finger(2, 0.9, 0.9));
    expect(hand.cancel(2)).toBe(false);
    hand.up(finger(1, 0.5, 0.2));
    expect(log).toEqual(['begin 0.3 0.2', 'move 0.5 0.2', 'end']);
  });
});

it('a lost pointer ends its stroke where it was', () => {
  hand.down(finger(1, 0.3, 0.2));
  hand.lose(1);
  hand.lose(7);
  expect(log).toEqual(['begin 0.3 0.2', 'end']);
});
