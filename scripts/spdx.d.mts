/** Whether a licence expression leaves a choice that may be shipped. */
export function isAccepted(expression: string | null | undefined): boolean;
