// A number that a person types: taken, refused with what would fit, or asked about where it can be read in two ways.
import { fits, type Limits } from './limits';
import { readNumber } from './read-number';

export type Complaint =
  { kind: 'refused'; limits: Limits } | { kind: 'unclear'; text: string; values: number[] };

/** What is typed into one field, or into several that share a place for complaints. */
export class TypedNumber {
  complaint = $state.raw<Complaint | null>(null);
  /** The field that the complaint is about. */
  field = $state.raw<HTMLInputElement | null>(null);
  private accept: (value: number) => void = () => {};

  /** Reads the field; a number that fits goes to `accept`. */
  take(field: HTMLInputElement, limits: Limits, accept: (value: number) => void) {
    const reading = readNumber(field.value, { whole: limits.whole ?? false });
    const values =
      reading.kind === 'number' ? [reading.value] : reading.kind === 'unclear' ? reading.values : [];
    const fitting = values.filter((value) => fits(value, limits));
    const [only] = fitting;
    if (reading.kind === 'number' && only !== undefined) {
      this.complaint = null;
      accept(only);
      return;
    }
    this.field = field;
    this.accept = accept;
    this.complaint =
      fitting.length > 0
        ? { kind: 'unclear', text: field.value.trim(), values: fitting }
        : { kind: 'refused', limits };
  }

  /** One of the readings was meant. */
  choose(value: number) {
    this.complaint = null;
    this.accept(value);
    this.field?.focus();
  }

  /** The field shows something else now. */
  forget(field: HTMLInputElement | null = this.field) {
    if (this.field === field) this.complaint = null;
  }

  isAbout(field: HTMLInputElement | undefined): boolean {
    return this.complaint !== null && this.field === field;
  }
}
