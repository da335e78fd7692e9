// A seed that nobody chose.
import { answerOf } from './ask';

/** Hands on a seed from the system's own randomness; what goes wrong is said. */
export async function freshSeed(take: (seed: number) => void): Promise<void> {
  const seed = await answerOf('lab', (engine) => engine.engine.freshSeed());
  if (seed !== null) take(seed);
}
