/**
 * What began in a view is for that view alone. An answer may come late (a photo, the network, a stretched PIN), when another
 * view stands, or another person: whoever asked says so with `stands`, and what came is dropped.
 */

/** Whether the view that this was asked of still stands. */
export type Stands = () => boolean;

/** Which view stands: as long as it does `now` gives the same. */
export class Standing {
  #now: Stands = this.#another();

  get now(): Stands {
    return this.#now;
  }

  /** Another view stands, or the same one for somebody else. */
  next(): void {
    this.#now = this.#another();
  }

  #another(): Stands {
    const stands: Stands = () => this.#now === stands;
    return stands;
  }
}

/** The same ports, whose answers come only while a view stands: what it would do next is never done for who came after. */
export function answering<T extends object>(ports: T, stands: Stands): T {
  return new Proxy(ports, {
    get(target, name): unknown {
      const port: unknown = Reflect.get(target, name);
      if (typeof port !== "function") return port;
      return (...given: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(port, target, given);
        return answer instanceof Promise ? whileStanding(answer, stands) : answer;
      };
    },
  });
}

/** Settles as `answer` does; never where the view is gone by then. */
function whileStanding<T>(answer: Promise<T>, stands: Stands): Promise<T> {
  return new Promise((done, failed) => {
    answer.then((came) => stands() && done(came), (fault: unknown) => stands() && failed(fault));
  });
}
