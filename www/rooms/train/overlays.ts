// How the runs beside the present one are drawn: told apart by dashes, not by colour alone.

const styles: { colour: string; dash: number[] }[] = [
  { colour: '--ink', dash: [8, 4] },
  { colour: '--ink', dash: [2, 3] },
  { colour: '--mute', dash: [12, 3, 2, 3] },
  { colour: '--mute', dash: [5, 2] },
];

export const overlayStyle = (place: number) => styles[place % styles.length] as (typeof styles)[number];
