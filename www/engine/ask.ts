// How a room asks an engine. It says what it wants to know and what becomes of the answer; that an engine is missing
// or has stopped, and that nobody wants an answer any more, is dealt with here.
import { engineOf, whenWorthAsking, type Engine, type Role } from './client';
import { EngineMissing, EngineStopped } from './errors';
import { newest } from './newest';
import { isSaid, troubles } from './troubles.svelte';

type Question<Answer> = (engine: Engine) => Promise<Answer>;

/** Asks; of the lab, which remembers nothing, once more when it stopped at somebody else's question. */
async function answered<Answer>(role: Role, question: Question<Answer>): Promise<Answer> {
  try {
    return await question(await engineOf(role));
  } catch (error) {
    if (role !== 'lab' || !(error instanceof EngineStopped) || error.isCause) throw error;
    return question(await engineOf(role));
  }
}

/** Says what is not said yet; a question to a missing engine is asked again when it is worth it. */
function failed(error: unknown, again: () => void) {
  if (error instanceof EngineMissing) whenWorthAsking(again);
  else if (!isSaid(error)) troubles.sayError(error);
}

/**
 * For effects: asks, and gives the answer to `then`. What is returned takes the question back: an effect that runs
 * again, or whose room is left, returns it.
 */
export function fromEngine<Answer>(
  role: Role,
  question: Question<Answer>,
  then: (answer: Answer) => void,
): () => void {
  let isWanted = true;
  async function ask() {
    if (!isWanted) return;
    let answer: Answer;
    try {
      answer = await answered(role, question);
    } catch (error) {
      if (isWanted) failed(error, () => void ask());
      return;
    }
    if (isWanted) then(answer);
  }
  void ask();
  return () => (isWanted = false);
}

/**
 * For whatever asks more often than anyone can answer: a function that has only the newest request answered. It
 * resolves when that has happened.
 */
export function newestFrom<Request, Answer>(
  role: Role,
  question: (engine: Engine, request: Request, isNewest: () => boolean) => Promise<Answer>,
  then: (answer: Answer, request: Request) => void = () => undefined,
): (request: Request) => Promise<void> {
  let asked = 0;
  const ask = newest(
    (request: Request, isNewest) => answered(role, (engine) => question(engine, request, isNewest)),
    then,
    (error, request) => {
      const number = asked;
      failed(error, () => number === asked && void ask(request));
    },
  );
  return (request) => {
    asked++;
    return ask(request);
  };
}

/** For what a visitor does once: the answer, or null after it was said why there is none. */
export async function answerOf<Answer>(role: Role, question: Question<Answer>): Promise<Answer | null> {
  try {
    return await answered(role, question);
  } catch (error) {
    if (!isSaid(error)) troubles.sayError(error);
    return null;
  }
}
