// While an answer is under way only the newest wish is remembered: a drag asks more often than anyone can answer.

/** A function that runs `work` for the newest request only; `done` gets each answer that comes. */
export function newest<Request, Answer>(
  work: (request: Request) => Promise<Answer>,
  done: (answer: Answer, request: Request) => void,
  failed: (error: unknown) => void,
): (request: Request) => void {
  let waiting: { request: Request } | null = null;
  let busy = false;

  async function run(): Promise<void> {
    busy = true;
    while (waiting) {
      const { request } = waiting;
      waiting = null;
      try {
        done(await work(request), request);
      } catch (error) {
        failed(error);
      }
    }
    busy = false;
  }

  return (request) => {
    waiting = { request };
    if (!busy) void run();
  };
}
