// What a typed number, or one of an address, may be.

export interface Limits {
  /** Ends that are allowed themselves … */
  min?: number | undefined;
  max?: number | undefined;
  /** … and ends that are not. */
  above?: number | undefined;
  below?: number | undefined;
  whole?: boolean | undefined;
  /** 0 stands for no limit, beside what the ends allow. */
  orZero?: boolean | undefined;
}

export function fits(value: number, limits: Limits): boolean {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity, whole, orZero } = limits;
  if (whole && !Number.isInteger(value)) return false;
  return (orZero && value === 0) || (value >= min && value <= max && value > above && value < below);
}
