// While an answer is under way only the newest wish is remembered: a drag asks more often than anyone can answer.

/**
 * A function that runs `work` for the newest request only; `done` gets each answer that comes. It resolves when the
 * newest request has been answered, or has failed. `isNewest` tells work of several parts whether to go on.
 */
export function newest<Request, Answer>(
  work: (request: Request, isNewest: () => boolean) => Promise<Answer>,
  done: (answer: Answer, request: Request) => void,
  failed: (error: unknown, request: Request) => void,
): (request: Request) => Promise<void> {
  let waiting: { request: Request } | null = null;
  let running: Promise<void> | null = null;
  const isNewest = () => waiting === null;

  async function run(): Promise<void> {
    while (waiting) {
      const { request } = waiting;
      waiting = null;
      try {
        done(await work(request, isNewest), request);
      } catch (error) {
        failed(error, request);
      }
    }
    running = null;
  }

  return (request) => {
    waiting = { request };
    return (running ??= run());
  };
}
